package dev.headway.jobs.run;

/** What came of an order to start an attempt. Immutable. */
public sealed interface StartResult {
    /** The order is given; whether the trainer runs is seen by looking. */
    record Ordered() implements StartResult {}

    /**
     * This attempt will never run, and neither will another one, as long as nobody changes something.
     *
     * @param reason what is wrong
     */
    record Impossible(String reason) implements StartResult {}

    /**
     * This attempt will never run, but another one may.
     *
     * @param reason what went wrong
     */
    record FailedForNow(String reason) implements StartResult {}
}
