package dev.headway.limiter;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A space with a layer around its decisions; only limiters that asked for one have it. Safe to share between threads. */
final class LayeredSpace implements LimitSpace {
    private final LimitSpace space;
    private final Layer layer;

    LayeredSpace(LimitSpace space, Layer layer) {
        this.space = space;
        this.layer = layer;
    }

    @Override
    public List<Limit> limits() {
        return space.limits();
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        return layer.decide(Attempt.take(Key.of(key), permits), space);
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return layer.decide(Attempt.take(Key.of(keyHigh, keyLow), permits), space);
    }

    @Override
    public Decision peek(Key key, int permits) {
        return layer.decide(Attempt.peek(key, permits), space);
    }

    @Override
    public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
        return layer.decideAsync(Attempt.take(key, permits), space);
    }

    @Override
    public CompletionStage<Decision> peekAsync(Key key, int permits) {
        return layer.decideAsync(Attempt.peek(key, permits), space);
    }

    @Override
    public Decision reserve(Key key, int permits, long maxWaitNanos) {
        return layer.decide(Attempt.reserve(key, permits, maxWaitNanos), space);
    }

    @Override
    public Snapshot snapshot(Key key) {
        return space.snapshot(key);
    }

    @Override
    public void reset(Key key) {
        space.reset(key);
        layer.reset(key);
    }

    @Override
    public LimitSpace decidingFor(Key key) {
        return space.decidingFor(key);
    }

    @Override
    public LimitSpace withLimits(List<Limit> limits) {
        return new LayeredSpace(space.withLimits(limits), layer);
    }

    @Override
    public void changeLimits(List<Limit> limits) {
        space.changeLimits(limits);
    }
}
