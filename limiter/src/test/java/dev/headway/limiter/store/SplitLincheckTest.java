package dev.headway.limiter.store;

import org.junit.jupiter.api.Test;

/**
 * Threads bring so many keys that segments of one record split all the time. Forbidden interleaving: a request finds its segment, the
 * segment is split, and the request reads or writes there what has moved: a permit that is forgotten, or a key that exists twice.
 */
public class SplitLincheckTest extends LincheckRace {
    /** Makes the limiter that Lincheck asks: two permits in two seconds, in segments of one key. */
    public SplitLincheckTest() {
        super(new LincheckedLimiter(2, 2, 10, 1));
    }

    @Test
    void allowsNoneOfTheForbiddenInterleavings() {
        script(SplitLincheckTest.class, Naive.class)
                .before("acquire", 1, 2)
                .thread("acquire", 2, 1)
                .then("acquire", 3, 1)
                .thread("acquire", 1, 1)
                .then("acquire", 2, 2)
                .check();
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(2, 2, 10);
        }
    }
}
