package dev.headway.limiter.store;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Threads bring so many keys that segments of one record split all the time. Forbidden interleaving: a request finds its segment, the
 * segment is split, and the request reads or writes there what has moved: a permit that is forgotten, or a key that exists twice.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "wanted", gen = IntGen.class, conf = "1:2")
public class SplitLincheckTest {
    private final LincheckedLimiter limiter = new LincheckedLimiter(2, 2, 10, 1);

    /** One request. */
    @Operation
    public String acquire(@Param(name = "key") int key, @Param(name = "wanted") int wanted) {
        return limiter.acquire(key, wanted);
    }

    /** A second passes. */
    @Operation
    public void advance() {
        limiter.advance();
    }

    @Test
    void allowsNoneOfTheForbiddenInterleavings() {
        LincheckedLimiter.options().sequentialSpecification(Naive.class).check(SplitLincheckTest.class);
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(2, 2, 10);
        }
    }
}
