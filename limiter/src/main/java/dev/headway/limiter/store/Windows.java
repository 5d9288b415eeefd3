package dev.headway.limiter.store;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.algorithm.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The limits of a plan, in ticks. Immutable. */
final class Windows {
    private final List<Limit> limits;
    private final TickScale scale;
    private final int[] permits;
    private final long[] ticks;

    Windows(List<Limit> limits, TickScale scale) {
        this.limits = limits;
        this.scale = scale;
        this.permits = limits.stream().mapToInt(Limit::permits).toArray();
        this.ticks = limits.stream()
                .mapToLong(limit -> scale.windowTicks(limit.window()))
                .toArray();
    }

    /** Returns the length of the longest window. */
    static Duration longest(List<Limit> limits) {
        return limits.stream().map(Limit::window).max(Duration::compareTo).orElseThrow();
    }

    /** Returns the lengths of the windows, in their order. */
    static List<Duration> lengths(List<Limit> limits) {
        return limits.stream().map(Limit::window).toList();
    }

    /** Returns for each window the larger limit, if both lists have windows of the same lengths; else the later list. */
    static List<Limit> fastest(List<Limit> earlier, List<Limit> later) {
        if (!lengths(earlier).equals(lengths(later))) {
            return later;
        }
        return IntStream.range(0, later.size())
                .mapToObj(i -> earlier.get(i).permits() > later.get(i).permits() ? earlier.get(i) : later.get(i))
                .toList();
    }

    /** Returns how many permits of one key can matter to the limits at once. */
    static int mostLive(List<Limit> limits) {
        Duration longest = longest(limits);
        return limits.stream()
                .filter(limit -> limit.window().equals(longest))
                .mapToInt(Limit::permits)
                .min()
                .orElseThrow();
    }

    /** Throws {@link IllegalArgumentException} if a limit has more permits. */
    static void requireAtMost(int mostPermits, List<Limit> limits) {
        for (Limit limit : limits) {
            if (limit.permits() > mostPermits) {
                throw new IllegalArgumentException("limit " + limit + ": " + Algorithm.SLIDING_WINDOW
                        + " remembers every permit, and " + limit.permits() + " are too many; at most " + mostPermits
                        + " are accepted, and " + Algorithm.SLIDING_WINDOW_COUNTER + " keeps larger limits");
            }
        }
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

    /** Returns what the function makes of each limit, in their order. */
    <R> List<R> map(Function<Window, R> function) {
        return IntStream.range(0, permits.length)
                .mapToObj(i -> function.apply(new Window(permits[i], ticks[i])))
                .toList();
    }
}
