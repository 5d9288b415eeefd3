package dev.headway.server.config;

import dev.headway.limiter.Algorithm;
import dev.headway.server.caller.CallerRules;
import dev.headway.server.caller.CallerSet;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.address.AddressRange;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.throttle.answer.HeaderStyle;
import dev.headway.server.throttle.answer.Message;
import dev.headway.server.throttle.answer.Wording;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.RateLimitSettings;
import dev.headway.server.throttle.settings.Rates;
import dev.headway.server.throttle.settings.StorageSettings;
import java.util.Locale;
import java.util.Map;

/** Reads how clients are limited; stateless. */
final class RateLimitReader {
    private RateLimitReader() {}

    static RateLimitSettings read(SettingReader reader) {
        Rates rates = rates(reader);
        StorageSettings storage = StorageReader.read(reader, rates.algorithm());
        LimitTrial.run(reader, rates, storage);
        return new RateLimitSettings(
                reader.flag(Variable.RATE_LIMIT_ENABLED),
                rates,
                wording(reader),
                callers(reader),
                reader.wholeNumber(Variable.RATE_LIMIT_MAX_CLIENTS, 1, 100_000_000),
                storage);
    }

    private static Rates rates(SettingReader reader) {
        return new Rates(
                reader.value(Variable.RATE_LIMIT_TRAINING_EXECUTE, Rate::parse),
                reader.value(Variable.RATE_LIMIT_TRAINING_GENERAL, Rate::parse),
                reader.value(Variable.RATE_LIMIT_FILESYSTEM, Rate::parse),
                reader.value(Variable.RATE_LIMIT_READ, Rate::parse),
                reader.value(Variable.RATE_LIMIT_DOWNLOAD, Rate::parse),
                reader.value(Variable.RATE_LIMIT_AUTH_FAILURE, Rate::parse),
                tiers(reader),
                reader.value(Variable.RATE_LIMIT_ALGORITHM, Algorithm::parse),
                reader.optional(Variable.RATE_LIMIT_TRAINING_EXECUTE_BUSY, Rate::parse));
    }

    /** Without keys nobody has a tier, and a store is not asked to keep windows that long or that large. */
    private static Map<Tier, Rate> tiers(SettingReader reader) {
        Map<Tier, Rate> tiers = Map.of(
                Tier.FREE, reader.value(Variable.RATE_LIMIT_FREE_TIER, Rate::parse),
                Tier.PRO, reader.value(Variable.RATE_LIMIT_PRO_TIER, Rate::parse),
                Tier.ENTERPRISE, reader.value(Variable.RATE_LIMIT_ENTERPRISE_TIER, Rate::parse));
        return reader.isSet(Variable.API_KEYS_FILE) ? tiers : Map.of();
    }

    private static Wording wording(SettingReader reader) {
        return new Wording(
                reader.value(Variable.RATE_LIMIT_HEADERS, RateLimitReader::style),
                reader.optional(Variable.RATE_LIMIT_MESSAGE, Message::parse),
                reader.optional(Variable.RATE_LIMIT_DOCS_URL, Wording::requirePage));
    }

    private static CallerRules callers(SettingReader reader) {
        return new CallerRules(
                NetworkSet.of(reader.list(Variable.RATE_LIMIT_TRUSTED_PROXIES, AddressRange::parse)),
                reader.wholeNumber(Variable.RATE_LIMIT_IPV6_PREFIX, 1, 128),
                reader.value(Variable.RATE_LIMIT_KEY, RateLimitReader::countedBy),
                CallerSet.union(reader.list(Variable.RATE_LIMIT_ALLOW, CallerSet::parse)),
                CallerSet.union(reader.list(Variable.RATE_LIMIT_DENY, CallerSet::parse)));
    }

    private static CountedBy countedBy(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "ip" -> CountedBy.IP;
            case "user" -> CountedBy.USER;
            case "user+ip" -> CountedBy.USER_AND_IP;
            default -> throw new IllegalArgumentException("accepted are ip, user and user+ip");
        };
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
}
