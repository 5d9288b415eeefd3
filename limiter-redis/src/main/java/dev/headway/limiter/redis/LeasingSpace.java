package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A view of the keys of one limiter in Redis, of which this server takes permits ahead; see {@link Leasing}. Threads share it. */
final class LeasingSpace implements LimitSpace {
    private final RedisSpace shared;
    private final Holdings holdings;

    LeasingSpace(RedisSpace shared, Holdings holdings) {
        this.shared = shared;
        this.holdings = holdings;
    }

    @Override
    public List<Limit> limits() {
        return shared.limits();
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        return Gateway.await(tryAcquireAsync(Key.of(key), permits));
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return Gateway.await(tryAcquireAsync(Key.of(keyHigh, keyLow), permits));
    }

    @Override
    public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
        Optional<Holding> holding = holdings.of(key);
        return holding.isPresent() ? holding.get().take(shared.shape(), permits) : shared.tryAcquireAsync(key, permits);
    }

    @Override
    public Decision peek(Key key, int permits) {
        return Gateway.await(peekAsync(key, permits));
    }

    @Override
    public CompletionStage<Decision> peekAsync(Key key, int permits) {
        Optional<Decision> known = holdings.find(key).flatMap(holding -> holding.look(shared.shape(), permits));
        return known.isPresent() ? CompletableFuture.completedFuture(known.get()) : shared.peekAsync(key, permits);
    }

    @Override
    public Snapshot snapshot(Key key) {
        return shared.snapshot(key);
    }

    @Override
    public Decision reserve(Key key, int permits, long minWaitNanos, long maxWaitNanos) {
        return shared.reserve(key, permits, minWaitNanos, maxWaitNanos);
    }

    @Override
    public LimitSpace decidingFor(Key key) {
        return shared;
    }

    @Override
    public void reset(Key key) {
        Gateway.await(resetAsync(key));
    }

    /** {@inheritDoc} What other servers have taken ahead they may give out until it is old. */
    @Override
    public CompletionStage<?> resetAsync(Key key) {
        holdings.forget(key);
        return shared.resetAsync(key);
    }

    @Override
    public LimitSpace withLimits(List<Limit> limits) {
        return new LeasingSpace(shared.withLimits(limits), holdings);
    }

    @Override
    public void changeLimits(List<Limit> limits) {
        shared.changeLimits(limits);
    }
}
