package dev.headway.limiter.store;

import dev.headway.limiter.Receipt;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * The only permit of a key is given back while others ask for it. Forbidden interleaving: a request has found the key's record, the
 * refund takes the last permit out and removes the record, and the request writes its permit there, so that it is lost and another is
 * admitted besides. Forbidden too: two who hold the receipt give back both, and the second takes the permit of a stranger.
 */
public final class RefundLincheckTest extends LincheckRace {
    private final Receipt receipt;

    /** Makes the limiter that Lincheck asks: one permit in two seconds, and it is taken. */
    public RefundLincheckTest() {
        super(new LincheckedLimiter(1, 2, 10, 100));
        this.receipt = limiter().take(1);
    }

    /** The holder of the receipt gives the permit back. */
    @Operation
    public boolean giveBack() {
        return receipt.refund();
    }

    @Test
    void allowsNoneOfTheForbiddenInterleavings() {
        script(RefundLincheckTest.class, Naive.class)
                .thread("giveBack")
                .then("acquire", 1, 1)
                .thread("acquire", 1, 1)
                .then("giveBack")
                .check();
    }

    /** What the answers must be explained by. Not for sharing between threads. */
    public static final class Naive extends NaiveLimiter {
        private boolean used;

        /** Makes the same limiter, but for one thread. */
        public Naive() {
            super(1, 2, 10);
            acquire(1, 1);
        }

        /** Gives the permit back that was taken in the beginning. */
        public boolean giveBack() {
            boolean isFirst = !used;
            used = true;
            return isFirst && giveBack(1, 0);
        }
    }
}
