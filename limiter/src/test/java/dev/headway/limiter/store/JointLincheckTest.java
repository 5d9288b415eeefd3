package dev.headway.limiter.store;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Permits of two keys are taken at once while others ask for each of them. Forbidden interleaving: one sees the permit of the first key
 * taken and that of the second still there, or a request is refused for a permit that a joint request took and then did not keep.
 * Forbidden too: joint requests for the same keys in another order wait for each other for ever.
 *
 * <p>An attempt goes through streams, whose every step Lincheck follows: it takes minutes, and runs only when asked to look harder than
 * in every build.
 */
@EnabledIfSystemProperty(named = "headway.lincheck.effort", matches = "[2-9]|\\d\\d+")
public class JointLincheckTest extends LincheckRace {
    /** Makes the limiter that Lincheck asks: one permit in two seconds, in segments of one key. */
    public JointLincheckTest() {
        super(new LincheckedLimiter(1, 2, 10, 1));
    }

    /** A joint request for a permit of a key and one of the next key in a circle of three. */
    @Operation
    public String acquireWithNext(@Param(gen = IntGen.class, conf = "1:3") int key) {
        return limiter().acquireAll(key, key % 3 + 1);
    }

    @Test
    void nobodySeesHalfOfAJointRequest() {
        script(JointLincheckTest.class, Naive.class)
                .thread("acquireWithNext", 1)
                .thread("acquire", 2, 1)
                .then("acquire", 1, 1)
                .checkAlone();
    }

    @Test
    void jointRequestsInACircleComeToAnEnd() {
        script(JointLincheckTest.class, Naive.class)
                .thread("acquireWithNext", 1)
                .then("acquireWithNext", 2)
                .thread("acquireWithNext", 3)
                .then("acquireWithNext", 1)
                .checkAlone();
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(1, 2, 10);
        }

        /** Takes a permit of the key and one of the next, or none. */
        public String acquireWithNext(int key) {
            return acquireAll(key, key % 3 + 1);
        }
    }
}
