package dev.headway.limiter;

import java.time.Duration;

/**
 * How one limit stands for one key just after a decision. Immutable.
 *
 * @param limit the limit
 * @param remaining how many permits could be taken at once, right now
 * @param nextPermitAfterNanos nanoseconds until more than {@code remaining} can be taken; zero if all can be
 * @param resetAfterNanos nanoseconds until all permits can be taken; zero if they can be now
 */
public record Usage(Limit limit, long remaining, long nextPermitAfterNanos, long resetAfterNanos) {
    /** Returns the usage of a limit of which nothing is taken. */
    public static Usage untouched(Limit limit) {
        return new Usage(limit, limit.permits(), 0, 0);
    }

    /** Returns the time until more than {@link #remaining} can be taken; zero if all can be. */
    public Duration nextPermitAfter() {
        return Duration.ofNanos(nextPermitAfterNanos);
    }

    /** Returns the time until all permits can be taken; zero if they can be now. */
    public Duration resetAfter() {
        return Duration.ofNanos(resetAfterNanos);
    }
}
