package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a key may cost, empty places included, at every size of the table and not only at the best ones. The store's own count is
 * used; against the heap of a million keys it was right to one per cent. Threads do not share it.
 */
class FootprintTest {
    @ParameterizedTest
    @CsvSource({
        "sliding-window, 10/minute, 1, 90",
        "sliding-window, 10/minute, 10, 90",
        "sliding-window, 60/minute, 2, 110",
        "sliding-window, 60/minute, 60, 300",
        "token-bucket, 10/minute, 10, 50",
        "pacing, 10/minute, 1, 50",
        "fixed-window, 10/minute, 10, 60",
        "sliding-window-counter, 10/minute, 10, 60"
    })
    void takesNoMoreBytesPerKeyThanPromised(String algorithm, String limit, int permits, int mostBytes) {
        MemoryStore store = MemoryStore.builder().ticker(new ManualTicker()).build();
        RateLimiter limiter = RateLimiter.builder()
                .name("footprint")
                .limits(Limit.parse(limit))
                .algorithm(Algorithm.parse(algorithm))
                .store(store)
                .build();
        for (int key = 1; key <= 70_000; key++) {
            for (int permit = 0; permit < permits; permit++) {
                limiter.tryAcquire(key, key, 1);
            }
            if (key >= 20_000 && key % 5000 == 0) {
                assertThat(store.statistics().bytes() / key)
                        .as("bytes per key at %d keys", key)
                        .isLessThanOrEqualTo(mostBytes);
            }
        }
    }
}
