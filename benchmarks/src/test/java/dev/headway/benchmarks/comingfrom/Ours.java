package dev.headway.benchmarks.comingfrom;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Ticker;
import dev.headway.limiter.store.MemoryStore;
import io.github.bucket4j.TimeMeter;

/** Our limiter and a peer's clock on one ticker. Stateless. */
final class Ours {
    private Ours() {}

    static RateLimiter limiter(String limits, Algorithm algorithm, Ticker ticker) {
        return RateLimiter.builder()
                .name("ours")
                .limits(Limit.parseAll(limits))
                .algorithm(algorithm)
                .store(MemoryStore.builder().ticker(ticker).build())
                .build();
    }

    static TimeMeter meter(Ticker ticker) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return ticker.nanos();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }
}
