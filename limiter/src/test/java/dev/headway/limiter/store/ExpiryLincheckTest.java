package dev.headway.limiter.store;

import org.junit.jupiter.api.Test;

/**
 * Threads fight for the only place of a store while its key dies. Forbidden interleaving: a newcomer takes the place of a dead key
 * while the key's owner, who has already found its record, is admitted in it; so two live keys would hold one place, or a permit
 * would be written into the record of another.
 */
public class ExpiryLincheckTest extends LincheckRace {
    /** Makes the limiter that Lincheck asks: one permit a second, and a place for one key. */
    public ExpiryLincheckTest() {
        super(new LincheckedLimiter(1, 1, 1, 100));
    }

    @Test
    void allowsNoneOfTheForbiddenInterleavings() {
        script(ExpiryLincheckTest.class, Naive.class)
                .before("acquire", 1, 1)
                .thread("advance")
                .then("acquire", 2, 1)
                .thread("acquire", 1, 1)
                .check();
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(1, 1, 1);
        }
    }
}
