package dev.headway.server.config;

import static dev.headway.server.config.GivenSettings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.Algorithm;
import dev.headway.server.throttle.settings.StorageSettings;
import dev.headway.server.throttle.settings.WhenAway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of where requests are counted. */
class StoreSettingsTest {
    @TempDir
    Path directory;

    @Test
    void countInMemoryUnlessToldOtherwise() throws Exception {
        assertThat(settings(directory, Map.of()).rateLimits().storage()).isEqualTo(StorageSettings.MEMORY);
    }

    @Test
    void nameTheRedisThatServersShare() throws Exception {
        StorageSettings storage = settings(
                        directory,
                        Map.of(
                                "RATE_LIMIT_STORAGE_URI", "redis+unix://:secret@/run/redis.sock",
                                "RATE_LIMIT_STORE_TIMEOUT", "20",
                                "RATE_LIMIT_ON_STORE_FAILURE", "Deny",
                                "RATE_LIMIT_SERVERS", "3",
                                "RATE_LIMIT_LEASE", "10"))
                .rateLimits()
                .storage();

        assertThat(storage)
                .isEqualTo(new StorageSettings(
                        Optional.of("redis+unix://:secret@/run/redis.sock"),
                        Duration.ofMillis(20),
                        WhenAway.DENY,
                        3,
                        10));
        assertThat(storage.toString()).doesNotContain("secret");
    }

    @Test
    void tellAllThatIsWrongWithTheStoreAndNoPassword() {
        InvalidSettings invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> settings(
                        directory,
                        Map.of(
                                "RATE_LIMIT_STORAGE_URI", "redis://:secret@cache:port",
                                "RATE_LIMIT_STORE_TIMEOUT", "5000",
                                "RATE_LIMIT_ON_STORE_FAILURE", "panic",
                                "RATE_LIMIT_SERVERS", "0")));

        assertThat(invalid)
                .hasMessageContaining("accepted are redis://user:password@host:port/database")
                .hasMessageContaining("accepted are whole numbers from 1 to 1000")
                .hasMessageContaining("accepted are memory, allow and deny")
                .hasMessageContaining("accepted are whole numbers from 1 to 10000")
                .hasMessageNotContaining("secret");
    }

    @Test
    void tellWhichLimitsAreTooLargeForRedis() {
        InvalidSettings invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> settings(
                        directory,
                        Map.of(
                                "RATE_LIMIT_STORAGE_URI", "redis://cache",
                                "RATE_LIMIT_READ", "200000/minute")));

        assertThat(invalid)
                .hasMessageContaining("RATE_LIMIT_READ")
                .hasMessageContaining("200000 permits in the longest window");
    }

    @Test
    void takePermitsAheadByTheSlidingWindowAlone() {
        InvalidSettings invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> settings(
                        directory,
                        Map.of(
                                "RATE_LIMIT_STORAGE_URI", "redis://cache",
                                "RATE_LIMIT_LEASE", "10",
                                "RATE_LIMIT_ALGORITHM", "pacing")));

        assertThat(invalid)
                .hasMessageContaining("RATE_LIMIT_LEASE")
                .hasMessageContaining("permits are taken ahead by sliding-window alone");
    }

    @Test
    void acceptEveryAlgorithmInRedis() throws Exception {
        for (Algorithm algorithm : Algorithm.values()) {
            Settings settings = settings(
                    directory,
                    Map.of("RATE_LIMIT_STORAGE_URI", "redis://cache", "RATE_LIMIT_ALGORITHM", algorithm.toString()));

            assertThat(settings.rateLimits().rates().algorithm()).isEqualTo(algorithm);
        }
    }
}
