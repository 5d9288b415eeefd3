package dev.headway.benchmarks.contender;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.util.function.BooleanSupplier;

/** Resilience4j's registry, which makes a limiter for every name that it is asked for. Threads may share it. */
final class RegistryContender implements Contender {

    private final String[] keys;
    private final RateLimiterRegistry registry;

    RegistryContender(String[] keys, RateLimiterRegistry registry) {
        this.keys = keys;
        this.registry = registry;
    }

    @Override
    public boolean tryAcquire(int key) {
        return registry.rateLimiter(keys[key]).acquirePermission();
    }

    @Override
    public BooleanSupplier direct(int key) {
        RateLimiter limiter = registry.rateLimiter(keys[key]);
        return limiter::acquirePermission;
    }
}
