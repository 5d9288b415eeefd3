package dev.headway.limiter;

import java.time.Duration;

/**
 * Who is refused too often is shut out for a while: the price of knocking on instead of waiting. Immutable.
 *
 * <p>The refusal that is one of {@code refusals.permits()} within the window of {@code refusals} begins the shut-out. As long as it
 * lasts, every request of the key is refused with {@link Decision.Cause#PENALTY}, also one for which the limits have room, and the
 * time told is that at which the same request fits: after the shut-out, and after what the limits themselves make it wait. Knocking
 * meanwhile does not prolong the shut-out, and when it is over the key begins with no refusals counted.
 *
 * <p>Only refusals by a limit count, not those of a full store, nor requests that are never possible.
 *
 * @param refusals how many refusals within which time are too many
 * @param shutOut how long a key is shut out: whole seconds, at least one
 */
public record Penalty(Limit refusals, Duration shutOut) {
    /** Throws {@link IllegalArgumentException} for a shut-out that is not a whole number of seconds from one to 68 years. */
    public Penalty {
        WholeSeconds.require("a shut-out", shutOut);
    }

    /** Returns the shut-out as the limit that a key uses up by its beginning. */
    Limit oncePerShutOut() {
        return WholeSeconds.limit(1, shutOut);
    }
}
