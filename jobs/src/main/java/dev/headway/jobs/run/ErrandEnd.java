package dev.headway.jobs.run;

/** How an errand has ended. Immutable. */
public sealed interface ErrandEnd {
    /**
     * The program has ended by itself.
     *
     * @param code its exit code
     * @param output the last of what it printed, to standard output and standard error alike
     */
    record Ended(int code, String output) implements ErrandEnd {}

    /** The program took longer than it may, and was ended. */
    record TimedOut() implements ErrandEnd {}

    /** The errands were closed while the program ran, and it was ended. */
    record Stopped() implements ErrandEnd {}

    /**
     * The program did not begin.
     *
     * @param reason why, in a sentence
     */
    record NotStarted(String reason) implements ErrandEnd {}
}
