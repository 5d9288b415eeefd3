package dev.headway.limiter;

/**
 * The right to be inside, where a {@link ConcurrencyLimiter} lets only so many in at once. Safe to share between threads.
 *
 * <p>Closing it lets the next one in; made for try-with-resources.
 */
public final class Permit implements AutoCloseable {
    private final Receipt receipt;

    Permit(Receipt receipt) {
        this.receipt = receipt;
    }

    /**
     * Leaves. A second time does nothing, and neither does it when the permit has expired, and may be another's, already. Throws {@link
     * StoreUnavailableException} if the store is away; the permit then leaves when it expires.
     */
    @Override
    public void close() {
        receipt.refund();
    }
}
