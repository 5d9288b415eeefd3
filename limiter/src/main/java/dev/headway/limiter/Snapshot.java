package dev.headway.limiter;

import java.time.Duration;
import java.util.List;

/**
 * What is known of a key at one moment. Immutable.
 *
 * @param usages how each limit stands
 * @param permitAges how long ago each permit was taken that still counts, the newest first; negative if it is reserved for later; empty
 *     also if the algorithm remembers no single permits
 */
public record Snapshot(List<Usage> usages, List<Duration> permitAges) {
    /** Copies the lists unless they are immutable already. */
    public Snapshot {
        usages = List.copyOf(usages);
        permitAges = List.copyOf(permitAges);
    }
}
