package dev.headway.limiter.algorithm;

/**
 * The token bucket: N tokens at the start, each request takes some, and they flow back evenly, N in a window W, until the bucket is
 * full. Immutable.
 *
 * <p><b>Model.</b> Only the debt is kept: how much is missing from a full bucket, and when that was true. The debt shrinks by N in W
 * ticks; a request for c fits if the debt is then at most N - c.
 *
 * <p>One token flows back in W / N ticks, which is seldom a whole number. So the debt is counted in tokens times W: a token is W of
 * these units, a tick gives back N of them, and everything is a whole number. Nothing is rounded, and nothing drifts, however many
 * requests there are.
 *
 * <p><b>Example.</b> N = 3, W = 60. Three requests at 0 make a debt of 180. At 10 it is 150: a request needs it to be 120, which is
 * so at 20; so the answer at 10 is: in 10.
 *
 * <p><b>Guarantee.</b> In any stretch of L ticks at most N + N · L / W permits are taken: what was in the bucket and what has flowed
 * in. In a window, L = W, these are up to 2N: a full bucket at its beginning, and one refill. Who needs at most N takes {@link
 * SlidingWindow}.
 *
 * <p><b>The same as GCRA.</b> The generic cell rate algorithm (ITU-T I.371) keeps the theoretical arrival time TAT, the moment at
 * which the bucket is full again. That is our last moment plus debt / N; {@code TAT - now ≤ (N - c) · W / N}, multiplied by N, is
 * our condition.
 *
 * <p><b>Cost.</b> Two numbers per key, constant time.
 */
public record TokenBucket(Window window) implements Rule<TokenBucket.Debt> {
    /**
     * What is missing from the bucket. Immutable.
     *
     * @param tick when this was true
     * @param amount tokens times the window's ticks
     */
    public record Debt(long tick, long amount) {}

    private static final Debt NONE = new Debt(0, 0);

    @Override
    public Debt untouched() {
        return NONE;
    }

    @Override
    public long lifetimeTicks() {
        return window.ticks();
    }

    @Override
    public Debt carriedOver(Debt debt, Window from, long last) {
        long tokens = debt.amount() / from.ticks();
        long part = debt.amount() % from.ticks();
        return new Debt(last, tokens * window.ticks() + (part * window.ticks() + from.ticks() - 1) / from.ticks());
    }

    @Override
    public long waitTicks(Debt debt, Moment now, int permits) {
        long tooMuch = debt.amount() - (window.permits() - permits) * window.ticks();
        if (tooMuch <= 0) {
            return 0;
        }
        long ticksToGo = (tooMuch + window.permits() - 1) / window.permits();
        return Math.max(0, ticksToGo - (now.floor() - debt.tick()));
    }

    @Override
    public Debt take(Debt debt, Moment now, int permits) {
        long left = amountAt(debt, now.floor());
        long tick = left == 0 ? now.ceiling() : now.stampNotBefore(debt.tick());
        return new Debt(tick, left + permits * window.ticks());
    }

    private long amountAt(Debt debt, long tick) {
        long elapsed = tick - debt.tick();
        if (elapsed <= 0) {
            return debt.amount();
        }
        return elapsed >= window.ticks() ? 0 : Math.max(0, debt.amount() - elapsed * window.permits());
    }
}
