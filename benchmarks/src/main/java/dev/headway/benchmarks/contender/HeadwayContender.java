package dev.headway.benchmarks.contender;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Key;
import dev.headway.limiter.KeyLimiter;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Ticker;
import dev.headway.limiter.Unit;
import dev.headway.limiter.store.MemoryStore;
import java.util.function.BooleanSupplier;

/** Headway's limiter on its store in memory. Threads may share it. */
final class HeadwayContender {

    private static final long NETWORK = 0xffff_0a00_0000L;

    private HeadwayContender() {}

    /** Asks by text. */
    static Contender byText(String[] keys, Quota quota, Algorithm algorithm) {
        RateLimiter limiter = limiter(keys.length, quota, algorithm);
        return new Contender() {
            @Override
            public boolean tryAcquire(int key) {
                return limiter.tryAcquireNanos(keys[key]) == 0;
            }

            @Override
            public BooleanSupplier direct(int key) {
                KeyLimiter one = limiter.forKey(Key.of(keys[key]));
                return () -> one.tryAcquireNanos(1) == 0;
            }
        };
    }

    /** Asks by the number that an address is. */
    static Contender byNumber(String[] keys, Quota quota, Algorithm algorithm) {
        RateLimiter limiter = limiter(keys.length, quota, algorithm);
        return new Contender() {
            @Override
            public boolean tryAcquire(int key) {
                return limiter.tryAcquireNanos(0, NETWORK + key, 1) == 0;
            }

            @Override
            public BooleanSupplier direct(int key) {
                KeyLimiter one = limiter.forKey(Key.of(0, NETWORK + key));
                return () -> one.tryAcquireNanos(1) == 0;
            }
        };
    }

    private static RateLimiter limiter(int keys, Quota quota, Algorithm algorithm) {
        Unit unit = quota.window().equals(Unit.HOUR.length()) ? Unit.HOUR : Unit.SECOND;
        return RateLimiter.builder()
                .name("benchmark")
                .algorithm(algorithm)
                .limits(new Limit(quota.permits(), 1, unit))
                .store(MemoryStore.builder()
                        .maxKeys(Math.max(1_000_000, keys))
                        .ticker(ticker(unit, quota))
                        .build())
                .build();
    }

    /** A limit's shortest window is a second; where a quota's is shorter, time runs as much faster. */
    private static Ticker ticker(Unit unit, Quota quota) {
        long factor = unit.length().toNanos() / quota.window().toNanos();
        return factor == 1 ? Ticker.system() : () -> System.nanoTime() * factor;
    }
}
