package dev.headway.trainer.loop;

/** How a run ended that did not fail. */
public enum Outcome {
    /** All steps are done, or the run stopped early by itself; the finished model is on the disk. */
    COMPLETED,
    /** It was asked to stop; a checkpoint to go on from is on the disk. */
    PAUSED
}
