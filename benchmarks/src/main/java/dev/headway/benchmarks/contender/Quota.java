package dev.headway.benchmarks.contender;

import java.time.Duration;

/**
 * How much a key may have, in a form that every contender can be told. Immutable.
 *
 * @param permits the permits of a window, or the capacity of a bucket
 * @param window the time in which they come back
 */
public record Quota(int permits, Duration window) {

    /** So little that all but the first requests are refused, also when ten million keys took minutes to prepare. */
    public static Quota refusing() {
        return new Quota(10, Duration.ofHours(1));
    }

    /**
     * So much that every request of a key is admitted, in a window so short that an exact log holds about a thousand
     * permits of a hot key, as a limit of a thousand per second would.
     */
    public static Quota admittingOnOneKey() {
        return new Quota(10_000, Duration.ofNanos(50_000));
    }

    /** So much that every request is admitted also of the most popular of many keys; an average key holds a permit or two. */
    public static Quota admittingOnManyKeys() {
        return new Quota(50_000, Duration.ofMillis(50));
    }

    double permitsPerSecond() {
        return permits * 1e9 / window.toNanos();
    }
}
