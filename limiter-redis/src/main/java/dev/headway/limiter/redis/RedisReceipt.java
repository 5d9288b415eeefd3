package dev.headway.limiter.redis;

import dev.headway.limiter.Receipt;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one admission took of a key. Threads may share it.
 *
 * <p>The numbers that the script told are all that is needed to give back the very permits that were taken. It must be done once: a second
 * time could give back another's. So it is not done again when the reply was lost; the permits then return by themselves.
 */
final class RedisReceipt implements Receipt {
    private final Book book;
    private final Shape shape;
    private final byte[] key;
    private final int permits;
    private final List<Long> numbers;
    private final AtomicBoolean used = new AtomicBoolean();

    RedisReceipt(Book book, Shape shape, byte[] key, int permits, List<Long> numbers) {
        this.book = book;
        this.shape = shape;
        this.key = key.clone();
        this.permits = permits;
        this.numbers = List.copyOf(numbers);
    }

    /** {@inheritDoc} Throws {@link StoreUnavailable}; if nothing was sent, it may be tried again. */
    @Override
    public boolean refund() {
        if (!tryUse()) {
            return false;
        }
        try {
            return Gateway.await(book.refund(shape, key, permits, numbers));
        } catch (StoreUnavailable failure) {
            failed(failure);
            throw failure;
        }
    }

    /** {@inheritDoc} In one round trip, if all are for different keys that one script can reach; throws {@link StoreUnavailable} as {@link #refund}. */
    @Override
    public boolean refundAll(List<Receipt> receipts) {
        return JointRefund.of(receipts, book.gateway())
                .map(JointRefund::make)
                .orElseGet(() -> Receipt.super.refundAll(receipts));
    }

    Book book() {
        return book;
    }

    byte[] key() {
        return key.clone();
    }

    /** Returns whether it is for the caller to give this back, as nobody has done so before. */
    boolean tryUse() {
        return used.compareAndSet(false, true);
    }

    /** Takes note that this could not be given back; unless that may have been done all the same, it can be tried again. */
    void failed(StoreUnavailable failure) {
        used.set(failure.mayHaveSpent());
    }

    /** Adds what is given back to the arguments of a script. */
    void addTo(List<byte[]> arguments) {
        book.addRefund(arguments, shape, permits, numbers);
    }
}
