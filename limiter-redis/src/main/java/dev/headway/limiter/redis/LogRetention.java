package dev.headway.limiter.redis;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import java.util.List;

/**
 * How long the logs of one limiter keep a permit: for the longest window that any of its views has, or ever had. Safe to share between
 * threads.
 *
 * <p>No limit looks further back than at as many permits as it has itself. So a log is cut beyond that many, which a fast limit beside a long
 * window could make it hold, and all limits of up to that many permits can stand beside one another.
 *
 * <p>To raise a limit's window then finds what was taken before, as far back as a window known then reached, and to lower and raise it again
 * is no amnesty.
 */
final class LogRetention implements Retention {
    /** A log of 4-byte stamps is at most twice as long as this, which keeps rewriting it below a millisecond; see {@code sliding-window.lua}. */
    static final int MOST_PERMITS = 100_000;

    private final String limiter;
    private final Tick tick;
    private final long graceTicks;
    private volatile long ticks;
    private double mostPerTick;
    private int mostPermits;

    /** Makes one for windows that all are longer by so many ticks than their limits say. */
    LogRetention(String limiter, Tick tick, long graceTicks) {
        this.limiter = limiter;
        this.tick = tick;
        this.graceTicks = graceTicks;
    }

    @Override
    public long ticks() {
        return ticks;
    }

    @Override
    public synchronized void addView(List<Limit> limits) {
        Limit longest = Shape.longest(limits);
        requireTick(longest);
        long kept = Math.max(ticks, tick.ticks(longest) + graceTicks);
        double perTick = Math.max(mostPerTick, perTick(limits));
        int permits = Math.max(mostPermits, mostPermits(limits));
        if (Math.floor(perTick * kept) > MOST_PERMITS && permits > MOST_PERMITS) {
            throw tooMany(longest, limits, kept);
        }
        ticks = kept;
        mostPerTick = perTick;
        mostPermits = permits;
    }

    @Override
    public void changeTo(List<Limit> limits) {
        addView(limits);
    }

    @Override
    public List<Limit> forRefunds(List<Limit> limits) {
        return limits;
    }

    private static int mostPermits(List<Limit> limits) {
        return limits.stream().mapToInt(Limit::permits).max().orElseThrow();
    }

    private double perTick(List<Limit> limits) {
        return limits.stream()
                .mapToDouble(limit -> (double) limit.permits() / (tick.ticks(limit) + graceTicks))
                .min()
                .orElseThrow();
    }

    private void requireTick(Limit longest) {
        if (!tick.fits(longest)) {
            throw new IllegalArgumentException("limit \"" + longest + "\" for limiter \"" + limiter
                    + "\": its permits are kept by ticks of " + tick.micros()
                    + " µs, too short for that window; open the limiter with its longest window");
        }
    }

    private IllegalArgumentException tooMany(Limit longest, List<Limit> limits, long kept) {
        boolean isItsOwn = tick.ticks(longest) + graceTicks == kept;
        return new IllegalArgumentException(
                isItsOwn && longest.permits() > MOST_PERMITS
                        ? "limit \"" + longest + "\": " + longest.permits()
                                + " permits in the longest window; Redis keeps a stamp of each, and at most "
                                + MOST_PERMITS + " are accepted; " + Algorithm.SLIDING_WINDOW_COUNTER
                                + " keeps larger limits"
                        : "limits " + limits + " for limiter \"" + limiter
                                + "\", which keeps a stamp of each permit for "
                                + tick.toNanos(kept) / 1_000_000_000 + " s: beside others, limits of at most "
                                + MOST_PERMITS + " permits are accepted");
    }
}
