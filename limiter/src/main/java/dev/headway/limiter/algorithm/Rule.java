package dev.headway.limiter.algorithm;

/**
 * One limit under an algorithm whose state has a fixed size: a pure function of state, moment and request. Immutable.
 *
 * @param <S> the state of one key, immutable
 */
public interface Rule<S> {
    /** Returns the limit that the rule keeps. */
    Window window();

    /** Returns the state of a key of which nothing is known. */
    S untouched();

    /** Returns for how many ticks after permits were last taken the state differs from {@link #untouched}, at most. */
    long lifetimeTicks();

    /** Returns how many ticks after the floor of the moment so many permits fit, at most as many as the window has; zero if they do now. */
    long waitTicks(S state, Moment now, int permits);

    /** Returns the state after permits were taken that fit. */
    S take(S state, Moment now, int permits);

    /**
     * Returns the state after the length of the window has changed from another rule's to this one's. What was taken counts as taken at the
     * tick of the last request, so that nothing is forgotten, whichever of the windows is longer.
     */
    S carriedOver(S state, Window from, long last);

    /** Decides about so many permits, at least 1; a refusal leaves the state as it is. */
    default Step<S> step(S state, Moment now, int permits) {
        if (permits > window().permits()) {
            return new Step<>(state, new Verdict.Impossible());
        }
        long wait = waitTicks(state, now, permits);
        return wait > 0
                ? new Step<>(state, new Verdict.Denied(wait))
                : new Step<>(take(state, now, permits), new Verdict.Granted(now.ceiling()));
    }
}
