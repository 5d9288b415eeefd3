package dev.headway.server.config;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.redis.RedisStore;
import dev.headway.limiter.resilience.ResilientStore;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.server.caller.Tier;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.Rates;
import dev.headway.server.throttle.settings.StorageSettings;
import dev.headway.server.throttle.settings.WhenAway;

/**
 * Asks a store whether it can keep the limits that somebody has chosen, so that what it cannot is told with all other
 * problems; for one thread.
 *
 * <p>What can be kept depends on the algorithm, and for tiers on the limit in whose place they hold. The store knows; it is
 * given limiters that are thrown away.
 */
final class LimitTrial {
    private final SettingReader reader;
    private final LimitStore store;
    private int trials;

    private LimitTrial(SettingReader reader, LimitStore store) {
        this.reader = reader;
        this.store = store;
    }

    /** Notes the limits that cannot be kept. */
    static void run(SettingReader reader, Rates rates, StorageSettings storage) {
        try (LimitStore store = store(storage)) {
            new LimitTrial(reader, store).run(rates);
        }
    }

    /** Returns a store that keeps what the one that will be used would keep; the caller closes it. */
    static LimitStore store(StorageSettings storage) {
        return storage.redis().isPresent() ? shared(storage) : memory();
    }

    private static LimitStore memory() {
        return MemoryStore.builder().maxKeys(1).build();
    }

    /** Returns a store like the one that will be used; it connects only when it is asked. */
    private static LimitStore shared(StorageSettings storage) {
        RedisStore.Builder builder = RedisStore.builder(storage.redis().orElseThrow());
        if (storage.leases()) {
            builder.lease(storage.lease(), storage.servers());
        }
        LimitStore redis = builder.build();
        return storage.whenAway() == WhenAway.MEMORY
                ? ResilientStore.around(redis)
                        .standIn(memory())
                        .servers(storage.servers())
                        .build()
                : redis;
    }

    private void run(Rates rates) {
        Algorithm algorithm = rates.algorithm();
        attempt(Variable.RATE_LIMIT_TRAINING_GENERAL, () -> limiter(rates.general(), algorithm));
        attempt(Variable.RATE_LIMIT_FILESYSTEM, () -> limiter(rates.filesystem(), algorithm));
        attempt(Variable.RATE_LIMIT_READ, () -> limiter(rates.read(), algorithm));
        attempt(Variable.RATE_LIMIT_DOWNLOAD, () -> limiter(rates.download(), algorithm));
        attempt(Variable.RATE_LIMIT_AUTH_FAILURE, () -> limiter(rates.authFailure(), Algorithm.SLIDING_WINDOW));
        attempt(Variable.RATE_LIMIT_TRAINING_EXECUTE, () -> runTiers(limiter(rates.execute(), algorithm), rates));
    }

    private void runTiers(RateLimiter execute, Rates rates) {
        attempt(Variable.RATE_LIMIT_TRAINING_EXECUTE_BUSY, () -> execute.withLimits(rates.executeWhileBusy()));
        rates.tiers().forEach((tier, rate) -> attempt(variable(tier), () -> execute.withLimits(rate.limits())));
    }

    private static Variable variable(Tier tier) {
        return switch (tier) {
            case FREE -> Variable.RATE_LIMIT_FREE_TIER;
            case PRO -> Variable.RATE_LIMIT_PRO_TIER;
            case ENTERPRISE -> Variable.RATE_LIMIT_ENTERPRISE_TIER;
        };
    }

    private RateLimiter limiter(Rate rate, Algorithm algorithm) {
        return RateLimiter.builder()
                .name("trial-" + ++trials)
                .limits(rate.limits())
                .algorithm(algorithm)
                .store(store)
                .build();
    }

    private void attempt(Variable variable, Runnable trial) {
        try {
            trial.run();
        } catch (IllegalArgumentException complaint) {
            reader.problems().add(reader.setting(variable), String.valueOf(complaint.getMessage()));
        }
    }
}
