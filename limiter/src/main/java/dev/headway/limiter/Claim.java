package dev.headway.limiter;

/**
 * A part of a joint request. Immutable; {@link RateLimiter#claim} makes one.
 *
 * @param limiter whose limits the part must fit
 * @param key whose permits it takes
 * @param permits how many, at least 1
 */
public record Claim(RateLimiter limiter, Key key, int permits) {
    /** Throws {@link IllegalArgumentException} for fewer permits than 1. */
    public Claim {
        if (permits < 1) {
            throw new IllegalArgumentException(permits + " permits claimed; at least 1 is accepted");
        }
    }
}
