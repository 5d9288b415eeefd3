package dev.headway.benchmarks.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.redis.RedisStore;
import dev.headway.limiter.resilience.ResilientStore;
import dev.headway.limiter.store.MemoryStore;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Headway as its server uses Redis: with a stand-in that counts along, and with refusals remembered. Threads share it. */
final class HeadwayAsker implements Asker {

    // A busy machine must not turn the measurement into one of the stand-in.
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration START = Duration.ofSeconds(10);

    private final ResilientStore store;
    private final RateLimiter limiter;
    private final String[] keys;

    HeadwayAsker(String uri, Workload workload) {
        RedisStore redis = RedisStore.builder(uri).deadline(DEADLINE).build();
        if (!redis.tryPrepare(START)) {
            throw new IllegalStateException("Redis at " + uri + " is not there");
        }
        this.store = ResilientStore.around(redis)
                .standIn(MemoryStore.builder().build())
                .build();
        this.limiter = RateLimiter.builder()
                .name("benchmark")
                .limits(workload.limit())
                .store(store)
                .build();
        this.keys = workload.texts();
    }

    /** Takes a permit of a subject that is none of the keys. */
    boolean decide(String subject) {
        return limiter.tryAcquire(subject).allowed();
    }

    @Override
    public boolean tryAcquire(int key) {
        return limiter.tryAcquire(keys[key]).allowed();
    }

    @Override
    public CompletionStage<Boolean> tryAcquireAsync(int key) {
        return limiter.tryAcquireAsync(Key.of(keys[key]), 1).thenApply(Decision::allowed);
    }

    @Override
    public void close() {
        long alone = store.health().decidedAlone();
        store.close();
        if (alone > 0) {
            throw new IllegalStateException(alone + " decisions did not come from Redis, which took more than "
                    + DEADLINE.toMillis() + " ms; the machine is too busy");
        }
    }
}
