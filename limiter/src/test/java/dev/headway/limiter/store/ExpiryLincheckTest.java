package dev.headway.limiter.store;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Threads fight for the only place of a store while its key dies. Forbidden interleaving: a newcomer takes the place of a dead key
 * while the key's owner, who has already found its record, is admitted in it; so two live keys would hold one place, or a permit
 * would be written into the record of another.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "wanted", gen = IntGen.class, conf = "1:1")
public class ExpiryLincheckTest {
    private final LincheckedLimiter limiter = new LincheckedLimiter(1, 1, 1, 100);

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
        LincheckedLimiter.options().sequentialSpecification(Naive.class).check(ExpiryLincheckTest.class);
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(1, 1, 1);
        }
    }
}
