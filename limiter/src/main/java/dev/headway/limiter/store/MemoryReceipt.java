package dev.headway.limiter.store;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Receipt;
import java.util.concurrent.atomic.AtomicBoolean;

/** The permits of one key that were taken at one tick. Safe to share between threads: it gives back once, whoever asks. */
final class MemoryReceipt implements Receipt {
    private final Keyspace keys;
    private final LimitRules rules;
    private final long keyHigh;
    private final long keyLow;
    private final long stamp;
    private final int permits;
    private final AtomicBoolean used = new AtomicBoolean();

    MemoryReceipt(Keyspace keys, LimitRules rules, long keyHigh, long keyLow, long stamp, int permits) {
        this.keys = keys;
        this.rules = rules;
        this.keyHigh = keyHigh;
        this.keyLow = keyLow;
        this.stamp = stamp;
        this.permits = permits;
    }

    @Override
    public boolean refund() {
        requireRefundable();
        return used.compareAndSet(false, true) && giveBack();
    }

    private void requireRefundable() {
        if (!rules.algorithm().isRefundable()) {
            throw new UnsupportedOperationException("algorithm " + rules.terms().algorithm()
                    + " cannot take back the very permits it gave; " + Algorithm.SLIDING_WINDOW + " can");
        }
    }

    private boolean giveBack() {
        Segment segment = keys.lock(Identity.place(keyLow));
        boolean given;
        try {
            int reference = segment.find(keyHigh, keyLow);
            given = reference != Segment.ABSENT && giveBack(segment, reference);
        } finally {
            segment.unlock();
        }
        if (given) {
            keys.touchedEarlier(segment);
        }
        return given;
    }

    private boolean giveBack(Segment segment, int reference) {
        int[] page = segment.page(reference);
        int at = Segment.offset(reference);
        LimitRules current = rules.on(segment.layout());
        long dated = segment.layout().scale().tick(stamp, rules.layout().scale());
        if (!current.algorithm().giveBack(page, at, keys.nanos(), dated, permits)) {
            return false;
        }
        if (current.algorithm().isBlank(page, at)) {
            keys.forget(segment, reference);
        } else {
            segment.touchedEarlier(reference);
        }
        return true;
    }
}
