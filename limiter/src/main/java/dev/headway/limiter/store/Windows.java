package dev.headway.limiter.store;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.algorithm.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The limits of a space, in ticks. Immutable. */
final class Windows {
    private final List<Limit> limits;
    private final TickScale scale;
    private final int[] permits;
    private final long[] ticks;
    private final long longest;

    Windows(List<Limit> limits) {
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
        int most = Integer.MAX_VALUE;
        for (int i = 0; i < permits.length; i++) {
            most = ticks[i] == longest ? Math.min(most, permits[i]) : most;
        }
        return most;
    }

    /** Returns what the function makes of each limit, in their order. */
    <R> List<R> map(Function<Window, R> function) {
        return IntStream.range(0, permits.length)
                .mapToObj(i -> function.apply(new Window(permits[i], ticks[i])))
                .toList();
    }

    /** Throws {@link IllegalArgumentException} if a limit has more permits. */
    void requireAtMost(int mostPermits) {
        for (Limit limit : limits) {
            if (limit.permits() > mostPermits) {
                throw new IllegalArgumentException("limit " + limit + ": " + Algorithm.SLIDING_WINDOW
                        + " remembers every permit, and " + limit.permits() + " are too many; at most " + mostPermits
                        + " are accepted, and " + Algorithm.SLIDING_WINDOW_COUNTER + " keeps larger limits");
            }
        }
    }
}
