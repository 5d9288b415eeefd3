package dev.headway.server.throttle.answer;

import dev.headway.limiter.Usage;

/**
 * How one limit of one endpoint stands for a caller; an immutable value.
 *
 * @param endpoint verb and route template
 * @param policy the name of the limit, as the RateLimit fields have it
 * @param limit the limit in words, {@code 10 per 1 minute}
 * @param quota how many requests it allows
 * @param windowSeconds in how many seconds
 * @param remaining how many would be admitted now
 * @param moreAfterSeconds seconds until there are more, rounded up; 0 when none is used
 * @param resetAfterSeconds seconds until none is used, rounded up
 * @param lowered whether it is lower than usual, since the server is busy
 */
public record LimitStanding(
        String endpoint,
        String policy,
        String limit,
        long quota,
        long windowSeconds,
        long remaining,
        long moreAfterSeconds,
        long resetAfterSeconds,
        boolean lowered) {
    /** Returns how a limit stands that has been used so far. */
    public static LimitStanding of(String endpoint, PolicyNames names, Usage usage) {
        return new LimitStanding(
                endpoint,
                names.nameOf(usage.limit()),
                usage.limit().describe(),
                usage.limit().permits(),
                usage.limit().window().toSeconds(),
                usage.remaining(),
                Seconds.roundedUp(usage.nextPermitAfterNanos()),
                Seconds.roundedUp(usage.resetAfterNanos()),
                names.isLowered(usage.limit()));
    }
}
