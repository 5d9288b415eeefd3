package dev.headway.limiter.resilience;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Receipt;
import java.util.List;

/**
 * What a distant store gave and this server counted too: both are given back. Safe to share between threads.
 *
 * @param distant what gives the permits back to the distant store
 * @param own what takes them out of this server's count
 */
record CountedReceipt(Receipt distant, Receipt own) implements Receipt {
    /** Joins what two stores gave; what this server did not count is given back by the distant store alone. */
    static Decision.Allowed join(Decision.Allowed allowed, Decision own) {
        if (!(own instanceof Decision.Allowed counted) || allowed.receipt() == Receipt.none()) {
            return allowed;
        }
        Receipt receipt = new CountedReceipt(allowed.receipt(), counted.receipt());
        return new Decision.Allowed(allowed.usages(), receipt, allowed.waitNanos());
    }

    @Override
    public boolean refund() {
        own.refund();
        return distant.refund();
    }

    @Override
    public boolean refundAll(List<Receipt> receipts) {
        receipts.forEach(CountedReceipt::refundOwn);
        return distant.refundAll(receipts.stream().map(CountedReceipt::distant).toList());
    }

    private static void refundOwn(Receipt receipt) {
        if (receipt instanceof CountedReceipt counted) {
            counted.own().refund();
        }
    }

    private static Receipt distant(Receipt receipt) {
        return receipt instanceof CountedReceipt counted ? counted.distant() : receipt;
    }
}
