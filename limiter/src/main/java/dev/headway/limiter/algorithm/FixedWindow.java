package dev.headway.limiter.algorithm;

/**
 * The fixed window: a count that begins with a request and is forgotten W ticks later. Immutable.
 *
 * <p><b>Model.</b> The first request opens a window; within it at most N permits are taken; the first request after its end opens
 * the next. A window belongs to one key, so not all keys begin anew at the same moment.
 *
 * <p><b>Example.</b> N = 3, W = 60. One permit at 0 and two at 59 fill the window; at 60 three more fit.
 *
 * <p><b>Guarantee.</b> At most N permits in each of its own windows, so at most 2N in any stretch of W: one window's end and the
 * next one's beginning, as in the example, where five are taken within two ticks. Who minds that takes {@link SlidingWindow}.
 *
 * <p><b>Refund.</b> While its window lasts, all of it: the count goes down, and the window ends when it would have. A window of which
 * everything was given back has not begun.
 *
 * <p><b>Cost.</b> Two numbers per key, constant time. <b>Source.</b> Folklore.
 */
public record FixedWindow(Window window) implements Rule<FixedWindow.Count> {
    /**
     * What was taken in a window. Immutable.
     *
     * @param begin the tick at which the window began
     * @param permits how many permits were taken since; zero if no window has begun
     */
    public record Count(long begin, int permits) {}

    private static final Count NONE = new Count(0, 0);

    @Override
    public Count untouched() {
        return NONE;
    }

    @Override
    public long lifetimeTicks() {
        return window.ticks();
    }

    @Override
    public Count carriedOver(Count count, Window from, long last) {
        return new Count(last, count.permits());
    }

    @Override
    public long waitTicks(Count count, Moment now, int permits) {
        if (permits <= window.permits() - count.permits()) {
            return 0;
        }
        return Math.max(0, window.ticks() - (now.floor() - count.begin()));
    }

    @Override
    public Count take(Count count, Moment now, int permits) {
        boolean over = count.permits() == 0 || now.floor() - count.begin() >= window.ticks();
        return over ? new Count(now.ceiling(), permits) : new Count(count.begin(), count.permits() + permits);
    }

    @Override
    public Taken taken(Count after, int permits) {
        return new Taken(permits, after.begin(), 0);
    }

    @Override
    public Count giveBack(Count count, Moment now, Taken taken) {
        boolean counts = count.begin() == taken.tick() && now.floor() - count.begin() < window.ticks();
        int left = count.permits() - taken.permits();
        if (!counts || left < 0) {
            return count;
        }
        return left == 0 ? NONE : new Count(count.begin(), left);
    }

    @Override
    public boolean isBlank(Count count) {
        return count.permits() == 0;
    }
}
