package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two million keys, each with permits that count, in a Java machine that may use 256 MB. Threads do not share it. */
class SmallHeapTest {
    private static final int KEYS = 2_000_000;

    @Test
    void holdsTwoMillionLiveKeysAndRefusesTheNext(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Small.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output).hasContent("held 2000000, refused 2000000, turned away 1000");
        assertThat(process.exitValue()).isZero();
    }

    /** The program that runs in the small heap. */
    static final class Small {
        private Small() {}

        public static void main(String[] arguments) {
            MemoryStore store = MemoryStore.builder().maxKeys(KEYS).build();
            RateLimiter limiter = RateLimiter.builder()
                    .name("small")
                    .limits(Limit.parse("10/hour"))
                    .store(store)
                    .build();
            int refused = 0;
            for (int key = 0; key < KEYS; key++) {
                limiter.tryAcquireNanos(0, key, 9);
                limiter.tryAcquireNanos(0, key, 1);
                refused += limiter.tryAcquireNanos(0, key, 1) > 0 ? 1 : 0;
            }
            for (int key = KEYS; key < KEYS + 1000; key++) {
                limiter.tryAcquireNanos(0, key, 1);
            }
            System.out.printf(
                    "held %d, refused %d, turned away %d%n",
                    store.statistics().keys(), refused, store.statistics().overflows());
        }
    }
}
