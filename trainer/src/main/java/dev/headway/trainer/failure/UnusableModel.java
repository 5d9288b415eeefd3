package dev.headway.trainer.failure;

/** A model is unknown, is of another family, or its files are incomplete. */
public final class UnusableModel extends TrainerFailure {
    private static final long serialVersionUID = 1L;

    /** Makes the failure with the sentence shown to the user. */
    public UnusableModel(String sentence) {
        super(sentence);
    }
}
