package dev.headway.limiter.algorithm;

/**
 * The sliding window, estimated from two counts: for limits whose every permit is too much to remember. Immutable.
 *
 * <p><b>Model.</b> Time is cut into windows, the first of which begins with a request. Known are the count of the current window and
 * of the one before. The last W ticks are taken to hold the current count and the share of the previous one that still overlaps,
 * as if its permits had been spread evenly: x ticks into the current window, {@code previous · (W - x) / W + current}. A request for
 * c fits if that and c are at most N together. As whole numbers: {@code previous · (W - x) ≤ (N - current - c) · W}.
 *
 * <p><b>Example.</b> N = 10, W = 60, ten permits in the previous window. At x = 30 the estimate is 5, so five fit. They would have
 * fit as well if the ten had all been taken in the last tick of their window, and then the last W ticks would hold 15.
 *
 * <p><b>Guarantee.</b> At most 2N - 1 permits in any window: N at the very end of one of its windows, and as x grows, N · x / W more,
 * which is fewer than N while the N are still in sight. A test reaches that bound. Even traffic comes close to N. It can also refuse
 * what the exact window would admit, when the previous permits were taken early in their window.
 *
 * <p><b>Refund.</b> All of it, from the window in which it was counted, while that is the current one or the one before. The guarantee
 * holds for what was not given back: whenever permits were taken, the two counts had at least those in them that were kept.
 *
 * <p><b>Cost.</b> Three numbers per key, constant time. <b>Source.</b> Known from Cloudflare's description of its limits (2017).
 */
public record SlidingWindowCounter(Window window) implements Rule<SlidingWindowCounter.Counts> {
    /**
     * What was taken in two windows. Immutable.
     *
     * @param begin the tick at which the current window began
     * @param previous how many permits were taken in the window before
     * @param current how many permits were taken in the current window
     */
    public record Counts(long begin, int previous, int current) {}

    private static final Counts NONE = new Counts(0, 0, 0);

    @Override
    public Counts untouched() {
        return NONE;
    }

    @Override
    public long lifetimeTicks() {
        return 2 * window.ticks();
    }

    @Override
    public Counts carriedOver(Counts counts, Window from, long last) {
        return new Counts(last, counts.previous(), counts.current());
    }

    @Override
    public long waitTicks(Counts counts, Moment now, int permits) {
        Counts at = at(counts, now.floor());
        long into = now.floor() - at.begin();
        int room = window.permits() - at.current() - permits;
        if (room >= 0) {
            long enough = ticksUntilWithin(room, at.previous());
            return enough <= Math.max(0, into) ? 0 : enough - into;
        }
        return window.ticks() + ticksUntilWithin(window.permits() - permits, at.current()) - into;
    }

    @Override
    public Counts take(Counts counts, Moment now, int permits) {
        Counts at = at(counts, now.floor());
        return at.previous() == 0 && at.current() == 0
                ? new Counts(now.ceiling(), 0, permits)
                : new Counts(at.begin(), at.previous(), at.current() + permits);
    }

    @Override
    public Taken taken(Counts after, int permits) {
        return new Taken(permits, after.begin(), 0);
    }

    @Override
    public Counts giveBack(Counts counts, Moment now, Taken taken) {
        Counts at = at(counts, now.floor());
        if (taken.tick() == at.begin() && taken.permits() <= at.current()) {
            return new Counts(at.begin(), at.previous(), at.current() - taken.permits());
        }
        if (taken.tick() == at.begin() - window.ticks() && taken.permits() <= at.previous()) {
            return new Counts(at.begin(), at.previous() - taken.permits(), at.current());
        }
        return counts;
    }

    @Override
    public boolean isBlank(Counts counts) {
        return counts.previous() == 0 && counts.current() == 0;
    }

    /** Returns how many ticks into a window the count of the one before weighs no more than the room. */
    private long ticksUntilWithin(int room, int previous) {
        return previous <= room ? 0 : window.ticks() - room * window.ticks() / previous;
    }

    private Counts at(Counts counts, long tick) {
        long windows = Math.floorDiv(tick - counts.begin(), window.ticks());
        if (windows <= 0) {
            return counts;
        }
        return windows == 1 ? new Counts(counts.begin() + window.ticks(), counts.current(), 0) : NONE;
    }
}
