package dev.headway.limiter.algorithm;

/** What a step decides about one request, in ticks. Immutable. */
public sealed interface Verdict {
    /**
     * The permits are taken.
     *
     * @param stamp the tick that dates them
     */
    record Granted(long stamp) implements Verdict {}

    /**
     * Nothing is taken.
     *
     * @param waitTicks how many ticks after the floor of the moment the request fits, at least 1
     */
    record Denied(long waitTicks) implements Verdict {}

    /** Nothing is taken, and nothing ever can be: the request is larger than a limit. */
    record Impossible() implements Verdict {}
}
