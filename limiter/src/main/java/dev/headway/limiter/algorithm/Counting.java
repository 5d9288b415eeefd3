package dev.headway.limiter.algorithm;

import java.util.List;

/**
 * All limits of a key under one algorithm, as pure functions of the key's state: permits are taken from every limit or from none.
 * Immutable.
 *
 * @param <S> the state of one key, immutable
 */
public interface Counting<S> {
    /** Returns the state of a key of which nothing is known. */
    S untouched();

    /** Returns how many permits one request may ask for. */
    int mostPermits();

    /** Returns how many ticks after the floor of the moment so many permits fit under every limit; zero if they do now. */
    long waitTicks(S state, Moment now, int permits);

    /** Returns the state after permits were taken that fit. */
    S take(S state, Moment now, int permits);

    /** Returns what a receipt must remember of the permits that {@link #take} has just taken, one entry per limit or one for all. */
    List<Taken> taken(S after, int permits);

    /** Returns the state without the permits, or an equal one if they do not count any more. */
    S giveBack(S state, Moment now, List<Taken> taken);
}
