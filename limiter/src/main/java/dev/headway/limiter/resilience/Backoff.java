package dev.headway.limiter.resilience;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long a store that failed is left alone: twice as long each time, up to a bound, and never twice the same. Safe to share between
 * threads if the source of chance is.
 *
 * <p>Half of each pause is fixed and half is drawn, so that many servers that lost one store do not come back in step.
 *
 * @param first the longest first pause
 * @param longest the longest pause of all
 * @param chance draws numbers from 0 to 1
 */
record Backoff(Duration first, Duration longest, DoubleSupplier chance) {
    private static final int MOST_DOUBLINGS = 30;

    /** Returns the nanoseconds of the pause after so many failed attempts, at least 1. */
    long nanosAfter(int attempts) {
        long doubled = first.toNanos() << Math.min(attempts - 1, MOST_DOUBLINGS);
        // Shifted too far it is negative or small, but it has passed the bound long before.
        boolean isPastBound = doubled >> Math.min(attempts - 1, MOST_DOUBLINGS) != first.toNanos();
        long pause = isPastBound ? longest.toNanos() : Math.min(doubled, longest.toNanos());
        return pause / 2 + (long) (chance.getAsDouble() * (pause - pause / 2));
    }
}
