package dev.headway.trainer.config;

/** Where a run begins. */
public sealed interface Resume {
    /** At the beginning. */
    record Afresh() implements Resume {}

    /** At the newest checkpoint in the output directory; at the beginning when there is none. */
    record FromNewest() implements Resume {}

    /**
     * At one checkpoint, which must be there.
     *
     * @param checkpoint a path, or the name of a checkpoint in the output directory
     */
    record FromCheckpoint(String checkpoint) implements Resume {}
}
