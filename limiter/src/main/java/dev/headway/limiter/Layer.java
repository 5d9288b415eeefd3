package dev.headway.limiter;

/** Something that a limiter does around the decisions of its store. Implementations are shared by many threads. */
@FunctionalInterface
interface Layer {
    /** Decides about the attempt, as a rule by making it of the space. */
    Decision decide(Attempt attempt, LimitSpace space);

    /** Forgets what the layer itself remembers of the key. */
    default void reset(Key key) {}
}
