package dev.headway.limiter.algorithm;

/**
 * Pacing: one permit each W / N, evenly, and none saved up. For calls that go out, where the other side wants to be met at a steady
 * pace and not by as many at once as a limit allows. Immutable.
 *
 * <p><b>Model.</b> Permits pass a gate in one line. A request for c permits goes when the line is free, and then occupies it for
 * c · W / N. What is kept is the {@link Debt} of those that have passed: the line is free when it is paid. A key that has been quiet
 * has no claim to more; that is all that sets pacing apart from a {@link TokenBucket}. A request for more than N is never let in, as
 * it would occupy the line for longer than the window.
 *
 * <p><b>Example.</b> N = 3, W = 60: one permit each 20. A request at 0 goes; one at 10 is told: in 10. At 20 one for two permits goes,
 * and the next can go at 60, also if nobody asks before 100.
 *
 * <p><b>Guarantee.</b> Those that go within a stretch of L ticks, all but the last one, occupy the line one after another for less than
 * L: they are fewer than N · L / W permits. So at most N in any window if each asks for one permit, like the exact window, and at most
 * N - 1 + c if the last one asks for c. Between two requests lie at least c · W / N ticks, c being the first one's permits.
 *
 * <p><b>Rounding.</b> Who goes, goes at a whole tick, the first one at which the line is free. So each may be later than the even pace
 * by less than a tick, or two if the clock does not show whole ticks, and never earlier.
 *
 * <p><b>Refund.</b> The line is free sooner by what is left of the very permits, see {@link Debt}.
 *
 * <p><b>Cost.</b> Three numbers per key, constant time. <b>Source.</b> The leaky bucket as a queue, which J. S. Turner described for
 * networks (New directions in communications, IEEE Communications Magazine, 1986); the state is that of the token bucket.
 *
 * @param window how many permits pass in which time
 */
public record Pacing(Window window) implements OwingRule {
    @Override
    public long lifetimeTicks() {
        return window.ticks();
    }

    @Override
    public long waitTicks(Debt debt, Moment now, int permits) {
        return debt.ticksUntilAtMost(0, now.floor(), window);
    }
}
