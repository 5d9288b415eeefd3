package dev.headway.server;

import dev.headway.limiter.LimitStore;
import dev.headway.limiter.Ticker;
import dev.headway.limiter.redis.LeaseStatistics;
import dev.headway.limiter.redis.RedisStore;
import dev.headway.limiter.resilience.ResilientStore;
import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.store.StoreStatistics;
import dev.headway.server.throttle.settings.RateLimitSettings;
import dev.headway.server.throttle.settings.StorageSettings;
import dev.headway.server.throttle.settings.WhenAway;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests are counted, and the one who says in the log when that is not where it should be; the store is for many threads, looking
 * after it for one.
 */
final class LimitStorage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LimitStorage.class);

    private static final Duration START = Duration.ofSeconds(1);

    private final LimitStore store;
    private final Optional<ResilientStore> shared;
    private final Optional<RedisStore> redis;
    private final Optional<MemoryStore> memory;
    private final StorageSettings settings;
    private boolean wasAway;

    private LimitStorage(
            LimitStore store,
            Optional<ResilientStore> shared,
            Optional<RedisStore> redis,
            Optional<MemoryStore> memory,
            StorageSettings settings) {
        this.store = store;
        this.shared = shared;
        this.redis = redis;
        this.memory = memory;
        this.settings = settings;
    }

    static LimitStorage open(RateLimitSettings settings, Ticker ticker) {
        StorageSettings storage = settings.storage();
        if (storage.redis().isEmpty()) {
            MemoryStore memory = memory(settings, ticker);
            return new LimitStorage(memory, Optional.empty(), Optional.empty(), Optional.of(memory), storage);
        }
        RedisStore redis = redis(storage, storage.redis().get());
        if (!redis.tryPrepare(START)) {
            LOG.warn("[Rate Limit] Redis was not there within {} s of the start", START.toSeconds());
        }
        ResilientStore.Builder builder =
                ResilientStore.around(redis).servers(storage.servers()).ticker(ticker);
        Optional<MemoryStore> standIn =
                storage.whenAway() == WhenAway.MEMORY ? Optional.of(memory(settings, ticker)) : Optional.empty();
        standIn.ifPresent(builder::standIn);
        ResilientStore shared = builder.build();
        return new LimitStorage(shared, Optional.of(shared), Optional.of(redis), standIn, storage);
    }

    private static RedisStore redis(StorageSettings storage, String uri) {
        RedisStore.Builder builder = RedisStore.builder(uri).deadline(storage.timeout());
        if (storage.leases()) {
            builder.lease(storage.lease(), storage.servers());
        }
        return builder.build();
    }

    private static MemoryStore memory(RateLimitSettings settings, Ticker ticker) {
        return MemoryStore.builder()
                .ticker(ticker)
                .maxKeys(settings.maxClients())
                .build();
    }

    LimitStore store() {
        return store;
    }

    /** Returns how Redis is; absent when there is none. */
    Optional<StoreHealth> health() {
        return shared.map(ResilientStore::health);
    }

    /** Returns what was done with permits taken ahead of Redis; absent where that is not done. */
    Optional<LeaseStatistics> leases() {
        return redis.flatMap(RedisStore::leases);
    }

    /** Returns how full the memory of this server is; all zero when nothing is counted in it. */
    StoreStatistics statistics() {
        return memory.map(MemoryStore::statistics).orElseGet(() -> new StoreStatistics(0, 0, 0));
    }

    /** Logs that Redis has gone away or come back since the last look. */
    void look() {
        health().ifPresent(this::tellChange);
    }

    private void tellChange(StoreHealth health) {
        boolean isAway = health.state() != StoreHealth.State.CONNECTED;
        if (isAway && !wasAway) {
            LOG.warn(
                    "[Rate Limit] Redis is away; meanwhile RATE_LIMIT_ON_STORE_FAILURE={} holds: {}",
                    settings.whenAway().name().toLowerCase(Locale.ROOT),
                    health.lastFailure().orElse("no reason known"));
        }
        if (!isAway && wasAway) {
            LOG.info("[Rate Limit] Redis is back; {} requests were decided without it so far", health.decidedAlone());
        }
        wasAway = isAway;
    }

    /** Lets go of the store. */
    @Override
    public void close() {
        store.close();
    }
}
