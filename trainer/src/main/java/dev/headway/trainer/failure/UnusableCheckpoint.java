package dev.headway.trainer.failure;

/** The checkpoint to resume from is missing, incomplete, or belongs to a run of another shape. */
public final class UnusableCheckpoint extends TrainerFailure {
    private static final long serialVersionUID = 1L;

    /** Makes the failure with the sentence shown to the user. */
    public UnusableCheckpoint(String sentence) {
        super(sentence);
    }
}
