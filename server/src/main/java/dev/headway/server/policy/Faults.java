package dev.headway.server.policy;

import dev.headway.server.throttle.rules.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file, so that all of it is told at once; for one thread. */
final class Faults {
    private static final Comparator<Fault> IN_ORDER = Comparator.<Fault>comparingInt(
                    fault -> fault.place().line())
            .thenComparingInt(fault -> fault.place().column());

    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> warnings = new ArrayList<>();

    void add(Place place, String text) {
        faults.add(new Fault(place, text));
    }

    /** Adds what may be meant, but is probably not. */
    void warn(Place place, String text) {
        warnings.add(new Fault(place, text));
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    List<Fault> warnings() {
        return warnings.stream().sorted(IN_ORDER).toList();
    }

    /**
     * Returns if there was none.
     *
     * @throws InvalidPolicy with all of them, in the order of the file
     */
    void requireNone() {
        if (!faults.isEmpty()) {
            throw new InvalidPolicy(faults.stream().sorted(IN_ORDER).toList());
        }
    }
}
