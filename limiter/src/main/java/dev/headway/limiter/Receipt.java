package dev.headway.limiter;

import java.util.List;

/** What one admission took, so that it can be given back. Implementations are safe to share between threads. */
@FunctionalInterface
public interface Receipt {
    /**
     * Gives back the very permits that were taken; returns whether there was something to give back: not a second time, and not when
     * the permits have left the window by themselves. Throws {@link UnsupportedOperationException} if the store or the algorithm cannot.
     */
    boolean refund();

    /** Gives back what all of these took, this one among them, in one go if the store can; returns whether there was something to give back. */
    default boolean refundAll(List<Receipt> receipts) {
        boolean given = false;
        for (Receipt receipt : receipts) {
            given |= receipt.refund();
        }
        return given;
    }

    /** Returns the receipt of a store that takes nothing back, always the same one. */
    static Receipt none() {
        return NoReceipt.INSTANCE;
    }
}
