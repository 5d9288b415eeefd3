package dev.headway.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

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

    @Override
    public CompletionStage<Decision> decideAsync(Attempt attempt, LimitSpace space) {
        return attempt.ofAsync(space)
                .exceptionallyCompose(fault -> cause(fault) instanceof StoreUnavailableException failure
                        ? CompletableFuture.completedFuture(new Decision.StoreUnknown(allow, failure))
                        : CompletableFuture.failedFuture(cause(fault)));
    }

    /** Returns what a stage failed with, without the wrapping that it has after the first step. */
    static Throwable cause(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        return cause == null ? fault : cause;
    }
}
