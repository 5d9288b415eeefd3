package dev.headway.limiter.complaints;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;

/** Where complaints are tried: a store whose time is moved by hand, and limiters on it. Not for sharing between threads. */
final class Desk {
    final ManualTicker ticker = new ManualTicker();
    final MemoryStore store = MemoryStore.builder().ticker(ticker).build();

    /** Makes a limiter by the exact window. */
    RateLimiter limiter(String limits) {
        return builder(limits).build();
    }

    /** Makes a limiter by the algorithm. */
    RateLimiter limiter(String limits, Algorithm algorithm) {
        return builder(limits).name(algorithm.toString()).algorithm(algorithm).build();
    }

    /** Begins a limiter by the exact window. */
    RateLimiter.Builder builder(String limits) {
        return RateLimiter.builder()
                .name("desk")
                .limits(Limit.parseAll(limits))
                .store(store)
                .sleeper(ticker);
    }

    /** Lets time pass. */
    void pass(String duration) {
        ticker.advance(Duration.parse("PT" + duration));
    }

    /** Returns how many of so many requests in a row are allowed. */
    static int allowed(RateLimiter limiter, int requests) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += limiter.tryAcquire("key").allowed() ? 1 : 0;
        }
        return allowed;
    }

    /** Returns the refusal of a request for so many permits. */
    static Decision.Refused refusal(RateLimiter limiter, int permits) {
        return (Decision.Refused) limiter.tryAcquire("key", permits);
    }

    /** Returns the admission of a request for so many permits. */
    static Decision.Allowed admission(RateLimiter limiter, int permits) {
        return (Decision.Allowed) limiter.tryAcquire("key", permits);
    }

    /** Returns how many permits the first limit has left. */
    static long left(RateLimiter limiter) {
        return limiter.peek("key", 1).usages().get(0).remaining();
    }
}
