package dev.headway.limiter.algorithm;

/**
 * The token bucket: a number of tokens at the start, each request takes some, and they flow back evenly, N in a window W, until the
 * bucket is full. Immutable.
 *
 * <p><b>Model.</b> Only the {@link Debt} is kept: how much is missing from a full bucket, and when that was true. It shrinks by N
 * tokens in W ticks; with a capacity of B tokens a request for c fits if the debt is then at most B - c. If nothing else is said, B is
 * N; a larger bucket lets a quiet key save up, a smaller one spreads its permits over the window.
 *
 * <p><b>Example.</b> N = 3, W = 60, B = 3. Three requests at 0 make a debt of 180. At 10 it is 150: a request needs it to be 120, which
 * is so at 20; so the answer at 10 is: in 10.
 *
 * <p><b>Guarantee.</b> In any stretch of L ticks at most B + N · L / W permits are taken: what was in the bucket and what has flowed
 * in. In a window, L = W, these are up to B + N: a full bucket at its beginning, and one refill. Who needs at most N takes {@link
 * SlidingWindow}.
 *
 * <p><b>The same as GCRA.</b> The generic cell rate algorithm (ITU-T I.371) keeps the theoretical arrival time TAT, the moment at
 * which the bucket is full again. That is our last moment plus debt / N; {@code TAT - now ≤ (B - c) · W / N}, multiplied by N, is
 * our condition.
 *
 * <p><b>Refund.</b> What has not flowed back yet of the very tokens, see {@link Debt}.
 *
 * <p><b>Cost.</b> Three numbers per key, constant time.
 *
 * @param window how many tokens flow back in which time
 * @param capacity how many tokens a full bucket holds, at least 1
 */
public record TokenBucket(Window window, int capacity) implements OwingRule {
    /** Makes the rule of a bucket that holds as many tokens as flow back in a window. */
    public TokenBucket(Window window) {
        this(window, window.permits());
    }

    @Override
    public int mostPermits() {
        return capacity;
    }

    @Override
    public long lifetimeTicks() {
        return window.ticksToPay(capacity);
    }

    @Override
    public long waitTicks(Debt debt, Moment now, int permits) {
        return debt.ticksUntilAtMost((capacity - permits) * window.ticks(), now.floor(), window);
    }
}
