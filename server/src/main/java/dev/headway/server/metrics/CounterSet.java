package dev.headway.server.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** One counter for each value of an enum, all made at once; safe to share between threads. */
final class CounterSet<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    CounterSet(Class<E> type, Function<E, Counter> make) {
        this.counters = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            counters.put(value, make.apply(value));
        }
    }

    void count(E value) {
        requireNonNull(counters.get(value)).increment();
    }

    double sum() {
        return counters.values().stream().mapToDouble(Counter::count).sum();
    }
}
