package dev.headway.limiter;

/** The receipt of a store that takes nothing back. Stateless. */
enum NoReceipt implements Receipt {
    INSTANCE;

    @Override
    public boolean refund() {
        throw new UnsupportedOperationException("this store takes no permits back");
    }
}
