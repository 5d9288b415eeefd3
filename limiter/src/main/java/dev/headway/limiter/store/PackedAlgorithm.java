package dev.headway.limiter.store;

import java.time.Duration;
import java.util.List;

/**
 * How an algorithm keeps the state of a key in the words of a record. Immutable; who changes a record holds the lock of its segment.
 * Where a number of permits is asked about, it is at most as large as the limit.
 */
interface PackedAlgorithm {
    /** Returns how many ticks after the floor of now the limit of that index has room for so many permits; zero if it has now. */
    long waitTicks(int[] words, int at, int limit, long nanos, int permits);

    /** Returns the words of a record for a new key that takes so many permits. */
    int newRecordWords(int permits);

    /** Writes the state of a new key that takes permits now; its last touch is written already. */
    void start(int[] words, int at, long nanos, int permits);

    /** Returns the words that the record needs to take so many permits besides; if they are more, it is ready to be copied. */
    int wordsToTake(int[] words, int at, long nanos, int permits);

    /** Returns whether permits can be given back exactly. */
    boolean isRefundable();

    /** Gives permits back that were taken at the tick; returns false if they do not matter any more. May leave nothing: {@link #isBlank}. */
    boolean giveBack(int[] words, int at, long nanos, long stamp, int permits);

    /** Returns whether a record holds nothing, so that it must be removed. */
    boolean isBlank(int[] words, int at);

    /** Returns how long ago each permit was taken that still matters, the newest first; none if single permits are not remembered. */
    List<Duration> permitAges(int[] words, int at, long nanos);

    /** Takes permits that fit, in a record that has room for them. */
    void take(int[] words, int at, long nanos, int permits);
}
