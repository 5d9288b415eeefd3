package dev.headway.benchmarks.contender;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A map from key to an object that limits one key: how the peers without a keyed form are used. Threads may share it. */
final class MapContender<T> implements Contender {

    private final ConcurrentMap<String, T> limiters;
    private final String[] keys;
    private final Supplier<T> make;
    private final Predicate<T> ask;

    MapContender(String[] keys, Supplier<T> make, Predicate<T> ask) {
        this.limiters = new ConcurrentHashMap<>();
        this.keys = keys;
        this.make = make;
        this.ask = ask;
    }

    @Override
    public boolean tryAcquire(int key) {
        return ask.test(limiterOf(keys[key]));
    }

    @Override
    public BooleanSupplier direct(int key) {
        T limiter = limiterOf(keys[key]);
        return () -> ask.test(limiter);
    }

    private T limiterOf(String key) {
        T known = limiters.get(key);
        // A read first: computeIfAbsent alone may lock also for a key that is there.
        return known != null ? known : limiters.computeIfAbsent(key, absent -> make.get());
    }
}
