package dev.headway.limiter.store;

import org.junit.jupiter.api.Test;

/**
 * Threads ask for the last permits of a key while time passes. Forbidden interleaving: both read that there is room before either has
 * written, and both are admitted. Forbidden too: a request that read the clock early is dated before one that has been admitted at
 * a later time; a refusal that was true at no moment of its call.
 */
public class LastPermitLincheckTest extends LincheckRace {
    /** Makes the limiter that Lincheck asks: three permits in two seconds. */
    public LastPermitLincheckTest() {
        super(new LincheckedLimiter(3, 2, 10, 100));
    }

    @Test
    void allowsNoneOfTheForbiddenInterleavings() {
        script(LastPermitLincheckTest.class, Naive.class)
                .before("acquire", 1, 1)
                .thread("acquire", 1, 2)
                .then("advance")
                .thread("acquire", 1, 1)
                .then("acquire", 1, 2)
                .check();
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(3, 2, 10);
        }
    }
}
