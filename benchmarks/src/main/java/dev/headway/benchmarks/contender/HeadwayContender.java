package dev.headway.benchmarks.contender;

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
    static Contender byText(String[] keys, Quota quota) {
        RateLimiter limiter = limiter(keys.length, quota);
        return new Contender() {
            @Override
            public boolean tryAcquire(int key) {
                return limiter.tryAcquire(keys[key]).allowed();
            }

            @Override
            public BooleanSupplier direct(int key) {
                String text = keys[key];
                return () -> limiter.tryAcquire(text).allowed();
            }
        };
    }

    /** Asks by the number that an address is. */
    static Contender byNumber(String[] keys, Quota quota) {
        RateLimiter limiter = limiter(keys.length, quota);
        return new Contender() {
            @Override
            public boolean tryAcquire(int key) {
                return limiter.tryAcquire(0, NETWORK + key, 1).allowed();
            }

            @Override
            public BooleanSupplier direct(int key) {
                long low = NETWORK + key;
                return () -> limiter.tryAcquire(0, low, 1).allowed();
            }
        };
    }

    private static RateLimiter limiter(int keys, Quota quota) {
        Unit unit = quota.window().equals(Unit.HOUR.length()) ? Unit.HOUR : Unit.SECOND;
        return RateLimiter.builder()
                .name("benchmark")
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
