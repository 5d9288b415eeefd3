package dev.headway.jobs.job;

/** The root of everything that the job engine throws on purpose; the message is a sentence for the user. */
public abstract class JobsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes a problem that needs no cause.
     *
     * @param message what was wrong, the value seen, what is accepted
     */
    protected JobsException(String message) {
        super(message);
    }

    /**
     * Describes a problem that something else caused.
     *
     * @param message what was wrong, the value seen, what is accepted
     * @param cause what it was found out from
     */
    protected JobsException(String message, Throwable cause) {
        super(message, cause);
    }
}
