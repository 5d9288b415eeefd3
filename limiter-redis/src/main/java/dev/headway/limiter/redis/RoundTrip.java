package dev.headway.limiter.redis;

import java.util.concurrent.TimeUnit;

/**
 * How long it takes to Redis and back, and so how many batches may be under way. Threads share it; when two measure at once, one of the
 * measurements may be lost.
 *
 * <p>On a long way many batches are under way at once, since nobody who could be sent shall wait for a whole round trip: one leaves about
 * every tenth of a millisecond. The way is as long as the shortest of the last hundreds of round trips. A longer one tells that
 * Redis is busy, and to send it more of smaller batches would make it busier.
 */
final class RoundTrip {
    private static final int LEAST_UNDER_WAY = 2;
    private static final long PACE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int FORGETFULNESS = 256;

    // A way that nobody has gone yet is taken for a long one.
    private volatile long leastNanos = TimeUnit.MILLISECONDS.toNanos(100);

    /** Notes how long one took. */
    void took(long nanos) {
        leastNanos = Math.min(nanos, leastNanos + leastNanos / FORGETFULNESS);
    }

    /** Returns how many batches may be under way at once: one on its way to Redis and one in it, or more on a long way. */
    int mostUnderWay() {
        return (int) Math.max(LEAST_UNDER_WAY, Math.min(leastNanos / PACE_NANOS, Integer.MAX_VALUE));
    }
}
