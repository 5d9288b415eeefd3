package dev.headway.limiter;

/** Turns the failures of a store, and nothing else, into the answer that the limiter's owner wants. Immutable. */
final class StoreFailureLayer implements Layer {
    private final boolean allow;

    StoreFailureLayer(boolean allow) {
        this.allow = allow;
    }

    @Override
    public Decision decide(Attempt attempt, LimitSpace space) {
        try {
            return attempt.of(space);
        } catch (StoreUnavailableException failure) {
            return new Decision.StoreUnknown(allow, failure);
        }
    }
}
