package dev.headway.server.config;

import dev.headway.server.caller.AddressRange;
import dev.headway.server.caller.NetworkSet;
import dev.headway.server.throttle.HeaderStyle;
import dev.headway.server.throttle.Rate;
import dev.headway.server.throttle.RateLimitSettings;
import java.net.URI;
import java.util.Locale;

/** Reads how clients are limited; stateless. */
final class RateLimitReader {
    private RateLimitReader() {}

    static RateLimitSettings read(SettingReader reader) {
        return new RateLimitSettings(
                reader.flag(Variable.RATE_LIMIT_ENABLED),
                reader.value(Variable.RATE_LIMIT_TRAINING_EXECUTE, Rate::parse),
                reader.value(Variable.RATE_LIMIT_TRAINING_GENERAL, Rate::parse),
                reader.value(Variable.RATE_LIMIT_FILESYSTEM, Rate::parse),
                reader.value(Variable.RATE_LIMIT_READ, Rate::parse),
                reader.value(Variable.RATE_LIMIT_DOWNLOAD, Rate::parse),
                reader.value(Variable.RATE_LIMIT_HEADERS, RateLimitReader::style),
                reader.optional(Variable.RATE_LIMIT_DOCS_URL, RateLimitReader::url),
                NetworkSet.of(reader.list(Variable.RATE_LIMIT_TRUSTED_PROXIES, AddressRange::parse)),
                reader.wholeNumber(Variable.RATE_LIMIT_IPV6_PREFIX, 1, 128),
                reader.wholeNumber(Variable.RATE_LIMIT_MAX_CLIENTS, 1, 100_000_000));
    }

    private static HeaderStyle style(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "all" -> HeaderStyle.ALL;
            case "ietf" -> HeaderStyle.IETF;
            case "legacy" -> HeaderStyle.LEGACY;
            case "none" -> HeaderStyle.NONE;
            default -> throw new IllegalArgumentException("accepted are all, ietf, legacy and none");
        };
    }

    private static String url(String text) {
        if (!text.matches("https?://.+") || URI.create(text).getHost() == null) {
            throw new IllegalArgumentException("accepted is an http or https URL");
        }
        return text;
    }
}
