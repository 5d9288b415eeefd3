package dev.headway.limiter.algorithm;

/**
 * One limit under an algorithm whose state has a fixed size: a pure function of state, moment and request. Immutable.
 *
 * <p><b>Refunds.</b> What a request took can be given back while it counts. No rule ever gives back more than it can answer for: at any
 * time, what is counted is at least what would be, had the requests that were given back never been; so the rule's promise holds for
 * all others as it stands. Each rule says how much it gives back: {@link FixedWindow} and {@link SlidingWindowCounter} all that they
 * still count, {@link Debt} what it can be sure of.
 *
 * @param <S> the state of one key, immutable
 */
public interface Rule<S> {
    /** Returns the limit that the rule keeps. */
    Window window();

    /** Returns how many permits one request may ask for. */
    default int mostPermits() {
        return window().permits();
    }

    /** Returns the state of a key of which nothing is known. */
    S untouched();

    /** Returns for how many ticks after permits were last taken the state differs from {@link #untouched}, at most. */
    long lifetimeTicks();

    /** Returns how many ticks after the floor of the moment so many permits fit, at most {@link #mostPermits}; zero if they do now. */
    long waitTicks(S state, Moment now, int permits);

    /** Returns the state after permits were taken that fit. */
    S take(S state, Moment now, int permits);

    /**
     * Returns the state after the length of the window has changed from another rule's to this one's. What was taken counts as taken at the
     * tick of the last request, so that nothing is forgotten, whichever of the windows is longer.
     */
    S carriedOver(S state, Window from, long last);

    /** Returns what a receipt must remember of the permits that {@link #take} has just taken; from the state after it. */
    Taken taken(S after, int permits);

    /** Returns the state without the permits, or this very state if they do not count any more. */
    S giveBack(S state, Moment now, Taken taken);

    /** Returns whether the state may be forgotten at once: it says no more than {@link #untouched}, and no receipt refers to it. */
    boolean isBlank(S state);

    /** Decides about so many permits, at least 1; a refusal leaves the state as it is. */
    default Step<S> step(S state, Moment now, int permits) {
        if (permits > mostPermits()) {
            return new Step<>(state, new Verdict.Impossible());
        }
        long wait = waitTicks(state, now, permits);
        return wait > 0
                ? new Step<>(state, new Verdict.Denied(wait))
                : new Step<>(take(state, now, permits), new Verdict.Granted(now.ceiling()));
    }
}
