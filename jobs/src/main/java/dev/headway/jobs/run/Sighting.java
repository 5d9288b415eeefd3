package dev.headway.jobs.run;

/** What is seen when looking at an attempt. Immutable. */
public sealed interface Sighting {
    /** It could not be found out; look again. */
    record Unknown(String reason) implements Sighting {}

    /** Nobody has claimed it, and nobody is known to be about to; it must be revoked before another one is started. */
    record Unclaimed() implements Sighting {}

    /** It has been ordered, or even claimed, but the trainer has not begun. */
    record Beginning() implements Sighting {}

    /**
     * The trainer runs.
     *
     * @param pid its process id
     */
    record Running(long pid) implements Sighting {}

    /** Whoever watched over the trainer is gone, but processes of the attempt are still there. */
    record Leftover() implements Sighting {}

    /**
     * Nothing of it is there any more, and the trainer has left an exit code.
     *
     * @param code the code; 128 and the number of the signal if one ended the trainer
     */
    record Ended(int code) implements Sighting {}

    /** Nothing of it is there any more; the trainer had begun, but how it ended is not known. */
    record Lost() implements Sighting {}

    /**
     * Nothing of it is there any more, and the trainer has never begun.
     *
     * @param reason why not
     * @param passing whether the reason lies outside of the job and will pass, a full disk for one
     */
    record NeverRan(String reason, boolean passing) implements Sighting {}

    /** It was revoked before anybody claimed it, and so never runs. */
    record Revoked() implements Sighting {}
}
