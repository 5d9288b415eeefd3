package dev.headway.limiter.redis;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long the states of fixed size of one limiter are kept: until they say no more than that nothing is known, to whichever of its
 * views. Safe to share between threads.
 *
 * <p>Such a state counts for one window, so all views must have windows of the same lengths; how many permits they hold may differ. What
 * the view with the largest burst has taken is paid back slowest by the view with the fewest permits: that bounds how long a debt
 * lasts. It is paid fastest by the view with the most: a refund counts on that, so that it never gives back what others took.
 */
final class RuleRetention implements Retention {
    /** Numbers in a script are doubles, exact up to 2<sup>53</sup>; two bits are left for what older limits have written. */
    private static final long MOST_UNITS = 1L << 51;

    private static final Duration LONGEST_LIFETIME = Limit.MAX_WINDOW.multipliedBy(2);

    private final Terms terms;
    private final Tick tick;
    private Extremes extremes = Extremes.NONE;
    private volatile long ticks;

    /** What the limits of the views are between. */
    private record Extremes(List<Limit> fewest, List<Limit> most) {
        static final Extremes NONE = new Extremes(List.of(), List.of());

        Extremes with(List<Limit> limits) {
            return hasSameWindows(limits) ? widenedBy(limits) : new Extremes(limits, limits);
        }

        boolean hasSameWindows(List<Limit> limits) {
            return windows(limits).equals(windows(most));
        }

        private Extremes widenedBy(List<Limit> limits) {
            return new Extremes(
                    places(limits)
                            .mapToObj(i -> smaller(limits.get(i), fewest.get(i)))
                            .toList(),
                    places(limits)
                            .mapToObj(i -> larger(limits.get(i), most.get(i)))
                            .toList());
        }

        private static Limit smaller(Limit one, Limit other) {
            return one.permits() < other.permits() ? one : other;
        }

        private static Limit larger(Limit one, Limit other) {
            return one.permits() > other.permits() ? one : other;
        }

        private static List<Duration> windows(List<Limit> limits) {
            return limits.stream().map(Limit::window).toList();
        }
    }

    RuleRetention(Terms terms, Tick tick) {
        this.terms = terms;
        this.tick = tick;
    }

    /** Returns the shortest tick by which states under these terms are whole numbers that a script can count with. */
    static Tick tick(Terms terms) {
        Tick tick = Tick.of(terms.limits());
        while (!isCountable(terms, terms.limits(), tick)) {
            tick = tick.longer();
        }
        return tick;
    }

    @Override
    public long ticks() {
        return ticks;
    }

    @Override
    public synchronized List<Limit> forRefunds(List<Limit> limits) {
        return extremes.hasSameWindows(limits) ? extremes.most() : limits;
    }

    @Override
    public synchronized void addView(List<Limit> limits) {
        if (!extremes.most().isEmpty() && !extremes.hasSameWindows(limits)) {
            throw new IllegalArgumentException("limits " + limits + " on the same keys as " + extremes.most()
                    + "; by this algorithm, windows of the same lengths are accepted (" + Algorithm.SLIDING_WINDOW
                    + " takes any)");
        }
        changeTo(limits);
    }

    @Override
    public synchronized void changeTo(List<Limit> limits) {
        requireCountable(limits);
        requireNotTooLong(limits);
        extremes = extremes.with(limits);
        ticks = Math.max(ticks, Math.min(lifetime(extremes), tick.ticks(LONGEST_LIFETIME)));
    }

    private void requireNotTooLong(List<Limit> limits) {
        if (lifetime(new Extremes(limits, limits)) > tick.ticks(LONGEST_LIFETIME)) {
            throw new IllegalArgumentException("limits " + limits + " with a burst of " + terms.burst()
                    + ": an empty bucket takes more than " + LONGEST_LIFETIME.toDays()
                    + " days to fill; a smaller burst is accepted");
        }
    }

    private void requireCountable(List<Limit> limits) {
        if (!isCountable(terms, limits, tick)) {
            throw new IllegalArgumentException("limits " + limits + " for limiter \"" + terms.name()
                    + "\": they are counted by ticks of " + tick.micros()
                    + " µs, too short for them; open the limiter with its longest window and largest limit");
        }
    }

    private static boolean isCountable(Terms terms, List<Limit> limits, Tick tick) {
        return limits.stream()
                .allMatch(limit ->
                        tick.fits(limit) && Math.max(limit.permits(), terms.burst()) <= MOST_UNITS / tick.ticks(limit));
    }

    private long lifetime(Extremes all) {
        return places(all.most()).mapToLong(i -> lifetime(all, i)).max().orElseThrow();
    }

    private long lifetime(Extremes all, int place) {
        long window = tick.ticks(all.most().get(place));
        return switch (terms.algorithm()) {
            case FIXED_WINDOW -> window;
            case SLIDING_WINDOW_COUNTER -> 2 * window;
            default -> Math.max(window, ticksToPay(all, place, window));
        };
    }

    private long ticksToPay(Extremes all, int place, long window) {
        long most = terms.burst() == Terms.NO_BURST ? all.most().get(place).permits() : terms.burst();
        long slowest = all.fewest().get(place).permits();
        return (most * window + slowest - 1) / slowest;
    }

    private static IntStream places(List<Limit> limits) {
        return IntStream.range(0, limits.size());
    }
}
