package dev.headway.trainer.failure;

/**
 * The root of all failures that the trainer reports itself: the message is a sentence for the user, not for us.
 *
 * <p>Whatever is not a {@code TrainerFailure} is a defect or the machine's fault and is reported with its stack.
 */
public abstract class TrainerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainerFailure(String sentence) {
        super(sentence);
    }

    TrainerFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
