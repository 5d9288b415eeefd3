package dev.headway.limiter.store;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Some reserve a permit of a key, others try, and the times come that were told. Forbidden interleaving: a request sees that nobody waits,
 * somebody is told the next time, and the request is admitted at it or told the same. Forbidden too: a time has come, and two who ask
 * next both take the permits of those who have gone, or neither does.
 */
public final class ReservationLincheckTest extends LincheckRace {
    /** Makes the limiter that Lincheck asks: one permit a second, and it is taken. */
    public ReservationLincheckTest() {
        super(new LincheckedLimiter(1, 1, 10, 100));
        limiter().take(1);
    }

    /** One who waits. */
    @Operation
    public String reserve(@Param(name = "key") int key) {
        return limiter().reserve(key);
    }

    @Test
    void allowsNoneOfTheForbiddenInterleavings() {
        script(ReservationLincheckTest.class, Naive.class)
                .before("reserve", 1)
                .thread("advance")
                .then("acquire", 1, 1)
                .thread("acquire", 1, 1)
                .then("reserve", 1)
                .check();
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(1, 1, 10);
            acquire(1, 1);
        }
    }
}
