package dev.headway.server.throttle.census;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one counter has counted; an immutable value.
 *
 * @param counts the clients that have a place
 * @param most how often at most somebody came who has none
 */
record Tally(List<RefusalCount> counts, long most) {
    private record Counted(long high, long low) {
        static Counted of(RefusalCount count) {
            return new Counted(count.high(), count.low());
        }
    }

    Tally {
        counts = List.copyOf(counts);
    }

    /** Returns what several counters have counted, most first: whoever has no place with one may have come there all the same. */
    static List<RefusalCount> merged(List<Tally> tallies) {
        Map<Counted, RefusalCount> sums = new HashMap<>();
        for (Tally tally : tallies) {
            tally.counts().forEach(count -> sums.merge(Counted.of(count), count, RefusalCount::plus));
        }
        for (Tally tally : tallies) {
            addMost(tally, sums);
        }
        List<RefusalCount> merged = new ArrayList<>(sums.values());
        merged.sort(Comparator.comparingLong(RefusalCount::atMost).reversed());
        return merged;
    }

    private static void addMost(Tally tally, Map<Counted, RefusalCount> sums) {
        if (tally.most() == 0) {
            return;
        }
        Set<Counted> placed = tally.counts().stream().map(Counted::of).collect(Collectors.toSet());
        sums.replaceAll((number, count) -> placed.contains(number) ? count : count.plusAtMost(tally.most()));
    }
}
