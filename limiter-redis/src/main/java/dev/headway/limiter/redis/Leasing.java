package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import dev.headway.limiter.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How a store takes permits ahead, so that it need not ask Redis for each. Safe to share between threads if its parts are.
 *
 * <p><b>Blocks.</b> A server that is asked for a key again and again takes some permits of it at once, a block, and gives them out by
 * itself. They are dated when they are taken, and may be given out for a short time after: the length of the lease. What is left of a
 * block then goes back to Redis, by its stamp.
 *
 * <p><b>Exactness.</b> A permit that is dated s and given out at u, later by less than the length L, must count for a window W after u, and
 * Redis knows only s. So under leases every window is told to Redis longer by L. Be some permits given out within (t - W, t], and be s
 * the last of their dates. Each of them was given out after t - W, so its own date is later than t - W - L; none is later than s,
 * and s is no later than t. So Redis counted all of them together in the window of length W + L that ends at s, and there are no more
 * of these than the limit says. The price is that permits return later by L.
 *
 * <p><b>Shares.</b> Who takes a block leaves most of what remains to the other servers: beside what is asked for just now, it takes no more
 * than what remains divided by the number of servers, and never more than half of it. A key that is asked for only now and then is never
 * taken ahead: a block is twice as large as the one before if that was used up within the length of the lease, and else of one permit.
 *
 * @param permits how many permits a block has at most
 * @param servers how many servers share the limits
 * @param ticker by which blocks grow old
 * @param scheduler what gives old blocks back
 * @param tally counts what is done
 */
record Leasing(int permits, int servers, Ticker ticker, ScheduledExecutorService scheduler, LeaseTally tally) {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int PART_OF_WINDOW = 10;

    /** Returns how long permits may be given out after they were taken: a tenth of the shortest window, at most a second. */
    static Duration length(List<Limit> limits) {
        Duration part = limits.stream()
                .map(Limit::window)
                .min(Duration::compareTo)
                .orElseThrow()
                .dividedBy(PART_OF_WINDOW);
        return part.compareTo(LONGEST) < 0 ? part : LONGEST;
    }

    /** Returns by what the number of permits that remain is divided. */
    int parts() {
        return Math.max(2, servers);
    }
}
