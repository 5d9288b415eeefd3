package dev.headway.trainer.failure;

/** The data set cannot be read, or holds nothing to learn from. */
public final class UnusableDataset extends TrainerFailure {
    private static final long serialVersionUID = 1L;

    /** Makes the failure with the sentence shown to the user. */
    public UnusableDataset(String sentence) {
        super(sentence);
    }
}
