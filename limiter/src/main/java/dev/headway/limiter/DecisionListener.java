package dev.headway.limiter;

/**
 * Hears what a limiter decides, say to count or to log it. Called by the thread that asks, before it has its answer, so implementations
 * are shared by many threads and should be quick.
 *
 * <p>A limiter without listeners makes nothing for them. An exception of a listener never changes a decision nor reaches the caller: it
 * is handed to the {@linkplain Thread#getUncaughtExceptionHandler uncaught exception handler} of the thread, which prints it unless
 * told otherwise. Errors, such as a lack of memory, are thrown.
 */
@FunctionalInterface
public interface DecisionListener {
    /**
     * Hears one decision, in the words in which the caller gets it: of every request to take or reserve permits, not of peeking; not
     * of an exception, such as that of a store that is away.
     *
     * @param limiter the limiter's name
     * @param key whose permits were asked for
     * @param permits how many were asked for
     * @param decision what was decided
     */
    void decided(String limiter, Key key, int permits, Decision decision);
}
