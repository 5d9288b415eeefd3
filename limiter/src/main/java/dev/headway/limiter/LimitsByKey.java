package dev.headway.limiter;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A space whose limits depend on the key. Safe to share between threads, as the function must be. */
final class LimitsByKey implements LimitSpace {
    private final LimitSpace space;
    private final LimitViews views;
    private final Function<Key, List<Limit>> limitsFor;

    LimitsByKey(Terms terms, LimitSpace space, Function<Key, List<Limit>> limitsFor) {
        this.space = space;
        this.views = new LimitViews(terms, space);
        this.limitsFor = limitsFor;
    }

    @Override
    public List<Limit> limits() {
        return space.limits();
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        return view(Key.of(key)).tryAcquire(key, permits);
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        return view(Key.of(keyHigh, keyLow)).tryAcquire(keyHigh, keyLow, permits);
    }

    @Override
    public long tryAcquireNanos(String key, int permits) {
        return view(Key.of(key)).tryAcquireNanos(key, permits);
    }

    @Override
    public long tryAcquireNanos(long keyHigh, long keyLow, int permits) {
        return view(Key.of(keyHigh, keyLow)).tryAcquireNanos(keyHigh, keyLow, permits);
    }

    @Override
    public Decision peek(Key key, int permits) {
        return view(key).peek(key, permits);
    }

    @Override
    public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
        return view(key).tryAcquireAsync(key, permits);
    }

    @Override
    public CompletionStage<Decision> peekAsync(Key key, int permits) {
        return view(key).peekAsync(key, permits);
    }

    @Override
    public Decision reserve(Key key, int permits, long maxWaitNanos) {
        return view(key).reserve(key, permits, maxWaitNanos);
    }

    @Override
    public Snapshot snapshot(Key key) {
        return view(key).snapshot(key);
    }

    @Override
    public void reset(Key key) {
        space.reset(key);
    }

    @Override
    public LimitSpace decidingFor(Key key) {
        return view(key).decidingFor(key);
    }

    @Override
    public LimitSpace withLimits(List<Limit> limits) {
        return space.withLimits(limits);
    }

    @Override
    public void changeLimits(List<Limit> limits) {
        space.changeLimits(limits);
    }

    private LimitSpace view(Key key) {
        return views.under(limitsFor.apply(key));
    }
}
