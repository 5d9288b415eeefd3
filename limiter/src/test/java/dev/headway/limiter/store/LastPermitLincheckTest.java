package dev.headway.limiter.store;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Threads ask for the last permits of a key while time passes. Forbidden interleaving: both read that there is room before either has
 * written, and both are admitted. Forbidden too: a request that read the clock early is dated before one that has been admitted at
 * a later time; a refusal that was true at no moment of its call.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "wanted", gen = IntGen.class, conf = "1:2")
public class LastPermitLincheckTest {
    private final LincheckedLimiter limiter = new LincheckedLimiter(3, 2, 10, 100);

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
        LincheckedLimiter.options().sequentialSpecification(Naive.class).check(LastPermitLincheckTest.class);
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(3, 2, 10);
        }
    }
}
