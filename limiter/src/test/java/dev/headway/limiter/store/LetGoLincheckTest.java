package dev.headway.limiter.store;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * The last key of a page is forgotten while it is refused without a lock. Forbidden interleaving: a request finds the key's record, the
 * key is forgotten and the page let go, and the request reads beyond what has taken the page's place. Forbidden too: a request is
 * refused for permits that were forgotten before it began.
 */
public class LetGoLincheckTest extends LincheckRace {
    /** Makes the limiter that Lincheck asks, one permit in a second. */
    public LetGoLincheckTest() {
        super(new LincheckedLimiter(2, 2, 10, 1));
    }

    /** A key is forgotten. */
    @Operation
    public void reset(@Param(gen = IntGen.class, conf = "1:3") int key) {
        limiter().reset(key);
    }

    @Test
    void allowsNoneOfTheForbiddenInterleavings() {
        script(LetGoLincheckTest.class, Naive.class)
                .before("acquire", 1, 2)
                .thread("reset", 1)
                .then("acquire", 2, 1)
                .thread("acquire", 1, 1)
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
