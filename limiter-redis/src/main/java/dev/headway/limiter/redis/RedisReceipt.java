package dev.headway.limiter.redis;

import dev.headway.limiter.Receipt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one admission took of a log. Threads may share it.
 *
 * <p>Permits of one tick are interchangeable, so their stamp is all that is needed to give back the very ones that were taken. For the same
 * reason it must be done once: a second time would give back another's. So it is not done again when the reply was lost; the
 * permits then return by themselves.
 */
final class RedisReceipt implements Receipt {

    private final RedisLog log;
    private final LogShape shape;
    private final byte[] key;
    private final long stamp;
    private final int permits;
    private final AtomicBoolean used = new AtomicBoolean();

    RedisReceipt(RedisLog log, LogShape shape, byte[] key, long stamp, int permits) {
        this.log = log;
        this.shape = shape;
        this.key = key.clone();
        this.stamp = stamp;
        this.permits = permits;
    }

    /** {@inheritDoc} Throws {@link StoreUnavailable}; if nothing was sent, it may be tried again. */
    @Override
    public boolean refund() {
        if (!used.compareAndSet(false, true)) {
            return false;
        }
        try {
            return RedisLog.await(log.refund(shape, key, stamp, permits));
        } catch (StoreUnavailable failure) {
            used.set(failure.mayHaveSpent());
            throw failure;
        }
    }
}
