package dev.headway.limiter.store;

import dev.headway.limiter.Limit;
import java.time.Duration;
import java.util.List;

/** The limits of a space, in ticks. Immutable. */
final class Windows {
    /** The most permits that a sliding window may hold: as many as the head and the count of a ring can tell in 16 bits each. */
    static final int MAX_PERMITS = 65_535;

    private final List<Limit> limits;
    private final TickScale scale;
    private final int[] permits;
    private final long[] ticks;
    private final long longest;

    Windows(List<Limit> limits) {
        limits.forEach(Windows::requireKeepable);
        this.limits = limits;
        this.scale = TickScale.forWindow(
                limits.stream().map(Limit::window).max(Duration::compareTo).orElseThrow());
        this.permits = limits.stream().mapToInt(Limit::permits).toArray();
        this.ticks = limits.stream()
                .mapToLong(limit -> scale.windowTicks(limit.window()))
                .toArray();
        this.longest = scale.windowTicks(
                limits.stream().map(Limit::window).max(Duration::compareTo).orElseThrow());
    }

    int count() {
        return permits.length;
    }

    List<Limit> limits() {
        return limits;
    }

    Limit limit(int index) {
        return limits.get(index);
    }

    int permits(int index) {
        return permits[index];
    }

    long ticks(int index) {
        return ticks[index];
    }

    TickScale scale() {
        return scale;
    }

    /** Returns for how many ticks a permit matters to any of the limits. */
    long longest() {
        return longest;
    }

    /** Returns how many permits of one key can matter at once. */
    int mostLive() {
        int most = MAX_PERMITS;
        for (int i = 0; i < permits.length; i++) {
            most = ticks[i] == longest ? Math.min(most, permits[i]) : most;
        }
        return most;
    }

    private static void requireKeepable(Limit limit) {
        if (limit.permits() > MAX_PERMITS) {
            throw new IllegalArgumentException(
                    "limit " + limit + ": an exact sliding window remembers every permit, and " + limit.permits()
                            + " are too many; at most " + MAX_PERMITS + " are accepted");
        }
    }
}
