package dev.headway.limiter.store;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * The limit changes under the hands of those who ask. Forbidden interleaving: a request reads the old limit, the limit is lowered, others
 * are refused by the new one, and the request is admitted by the old one. Forbidden too: a request that found its limit out of date puts
 * the old one back in the place of the new; a record is laid out anew for more permits and what it held is lost, or is read as if it
 * were laid out still as before.
 */
public class ChangingLimitsLincheckTest extends LincheckRace {
    /** Makes the limiter that Lincheck asks: two permits in two seconds, until that changes. */
    public ChangingLimitsLincheckTest() {
        super(new LincheckedLimiter(2, 2, 10, 1));
    }

    /** Another limit holds. */
    @Operation
    public void changeTo(@Param(gen = IntGen.class, conf = "1:4") int permits) {
        limiter().changeTo(permits);
    }

    @Test
    void loweringHoldsForAllThatIsAskedLater() {
        script(ChangingLimitsLincheckTest.class, Naive.class)
                .thread("changeTo", 1)
                .then("acquire", 1, 1)
                .then("acquire", 1, 1)
                .thread("acquire", 1, 1)
                .then("acquire", 1, 1)
                .check();
    }

    @Test
    void raisingIsNeitherLostNorForgetsWhatWasTaken() {
        script(ChangingLimitsLincheckTest.class, Naive.class)
                .before("acquire", 1, 1)
                .thread("changeTo", 4)
                .then("acquire", 1, 2)
                .thread("acquire", 1, 1)
                .then("acquire", 1, 1)
                .checkAlone();
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(2, 2, 10);
        }
    }
}
