package dev.headway.limiter;

import java.util.concurrent.CompletionStage;

/** Something that a limiter does around the decisions of its store. Implementations are shared by many threads. */
@FunctionalInterface
interface Layer {
    /** Decides about the attempt, as a rule by making it of the space. */
    Decision decide(Attempt attempt, LimitSpace space);

    /** Decides as {@link #decide} without waiting; here, for layers that only look at what the space has decided. */
    default CompletionStage<Decision> decideAsync(Attempt attempt, LimitSpace space) {
        return attempt.ofAsync(space).thenApply(decision -> afterJoint(attempt, decision));
    }

    /** Returns what the layer makes of the store's answer to an attempt that was part of a joint request. */
    default Decision afterJoint(Attempt attempt, Decision decision) {
        return decision;
    }

    /** Forgets what the layer itself remembers of the key. */
    default void reset(Key key) {}
}
