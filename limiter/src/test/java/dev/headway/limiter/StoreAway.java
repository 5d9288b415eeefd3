package dev.headway.limiter;

/** What a store of the tests throws when it is away; immutable. */
final class StoreAway extends StoreUnavailableException {
    private static final long serialVersionUID = 1;

    StoreAway() {
        super("the store is away", new IllegalStateException("cable cut"));
    }

    @Override
    public boolean mayHaveSpent() {
        return true;
    }
}
