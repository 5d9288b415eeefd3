package dev.headway.limiter.resilience;

import dev.headway.limiter.Decision;
import dev.headway.limiter.DistantStore;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A store in the distance that comes and goes as a test says, and servers that ask it, by one clock that is moved by hand. Not for sharing between threads. */
final class Distance {
    static final Duration PAUSE = Duration.ofMillis(100);

    private final ManualTicker ticker;
    private final DistantStore distant;

    Distance(ManualTicker ticker) {
        this.ticker = ticker;
        this.distant = new DistantStore(memory());
    }

    /** Makes one by a clock that overflows soon. */
    static Distance nearTheEndOfTime() {
        return new Distance(new ManualTicker(Long.MAX_VALUE - 1_000_000_000L));
    }

    ManualTicker ticker() {
        return ticker;
    }

    DistantStore store() {
        return distant;
    }

    MemoryStore memory() {
        return MemoryStore.builder().ticker(ticker).build();
    }

    /** A server with a count of its own, and pauses that are not blurred. */
    ResilientStore.Builder server() {
        return ResilientStore.around(distant)
                .standIn(memory())
                .ticker(ticker)
                .pauses(PAUSE, Duration.ofSeconds(1))
                .chance(() -> 1);
    }

    /** Another server that asks the same store, and keeps nothing of its own. */
    ResilientStore otherServer() {
        return ResilientStore.around(distant)
                .ticker(ticker)
                .rememberedRefusals(0)
                .build();
    }

    /** Lets the store go, and the server find out by three requests. */
    void lose(RateLimiter limiter) {
        distant.setAway(true);
        for (int failure = 0; failure < 3; failure++) {
            limiter.tryAcquire("key");
        }
    }

    static RateLimiter limiter(ResilientStore store, String limits) {
        return RateLimiter.builder()
                .name("one")
                .limits(Limit.parseAll(limits))
                .store(store)
                .build();
    }

    static CompletableFuture<Decision> ask(RateLimiter limiter, int permits) {
        return limiter.tryAcquireAsync(Key.of("key"), permits).toCompletableFuture();
    }

    static int admitted(RateLimiter limiter, int requests) {
        int admitted = 0;
        for (int request = 0; request < requests; request++) {
            admitted += limiter.tryAcquire("key").allowed() ? 1 : 0;
        }
        return admitted;
    }
}
