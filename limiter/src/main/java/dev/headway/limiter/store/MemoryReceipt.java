package dev.headway.limiter.store;

import dev.headway.limiter.Receipt;
import java.util.concurrent.atomic.AtomicBoolean;

/** The permits of one key that were taken at one tick. Safe to share between threads: it gives back once, whoever asks. */
final class MemoryReceipt implements Receipt {
    private final MemorySpace space;
    private final long keyHigh;
    private final long keyLow;
    private final long stamp;
    private final int permits;
    private final AtomicBoolean used = new AtomicBoolean();

    MemoryReceipt(MemorySpace space, long keyHigh, long keyLow, long stamp, int permits) {
        this.space = space;
        this.keyHigh = keyHigh;
        this.keyLow = keyLow;
        this.stamp = stamp;
        this.permits = permits;
    }

    @Override
    public boolean refund() {
        space.requireRefundable();
        return used.compareAndSet(false, true) && space.refund(keyHigh, keyLow, stamp, permits);
    }
}
