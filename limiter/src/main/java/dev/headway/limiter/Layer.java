package dev.headway.limiter;

/** Something that a limiter does around the decisions of its store. Implementations are shared by many threads. */
@FunctionalInterface
interface Layer {
    /** Decides about the attempt, as a rule by making it of the space. */
    Decision decide(Attempt attempt, LimitSpace space);

    /** Returns what the layer makes of the store's answer to an attempt that was part of a joint request. */
    default Decision afterJoint(Attempt attempt, Decision decision) {
        return decision;
    }

    /** Forgets what the layer itself remembers of the key. */
    default void reset(Key key) {}
}
