package dev.headway.server.config;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.redis.RedisStore;
import dev.headway.server.throttle.settings.StorageSettings;
import dev.headway.server.throttle.settings.WhenAway;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reads where requests are counted; stateless. */
final class StorageReader {
    private static final String IN_MEMORY = "memory://";

    private StorageReader() {}

    static StorageSettings read(SettingReader reader, Algorithm algorithm) {
        StorageSettings settings = read(reader);
        if (settings.redis().isPresent() && settings.leases() && algorithm != Algorithm.SLIDING_WINDOW) {
            reader.problems()
                    .add(
                            reader.setting(Variable.RATE_LIMIT_LEASE),
                            "permits are taken ahead by sliding-window alone; accepted is 0 with RATE_LIMIT_ALGORITHM="
                                    + algorithm);
        }
        return settings;
    }

    private static StorageSettings read(SettingReader reader) {
        return new StorageSettings(
                reader.value(Variable.RATE_LIMIT_STORAGE_URI, StorageReader::redis),
                Duration.ofMillis(reader.wholeNumber(Variable.RATE_LIMIT_STORE_TIMEOUT, 1, 1000)),
                reader.value(Variable.RATE_LIMIT_ON_STORE_FAILURE, StorageReader::whenAway),
                reader.wholeNumber(Variable.RATE_LIMIT_SERVERS, 1, 10_000),
                reader.wholeNumber(Variable.RATE_LIMIT_LEASE, 0, 10_000));
    }

    private static Optional<String> redis(String text) {
        String uri = text.strip();
        if (uri.equals(IN_MEMORY)) {
            return Optional.empty();
        }
        requireRedis(uri);
        return Optional.of(uri);
    }

    private static void requireRedis(String uri) {
        try {
            RedisStore.requireAddress(uri);
        } catch (IllegalArgumentException complaint) {
            throw new IllegalArgumentException(complaint.getMessage() + "; or " + IN_MEMORY, complaint);
        }
    }

    private static WhenAway whenAway(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "memory" -> WhenAway.MEMORY;
            case "allow" -> WhenAway.ALLOW;
            case "deny" -> WhenAway.DENY;
            default -> throw new IllegalArgumentException("accepted are memory, allow and deny");
        };
    }
}
