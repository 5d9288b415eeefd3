package dev.headway.limiter.store;

import dev.headway.limiter.algorithm.Taken;
import java.time.Duration;
import java.util.List;

/**
 * How an algorithm keeps the state of a key in the words of a record. Immutable; who changes a record holds the lock of its segment.
 * Where a number of permits is asked about, it is at most {@link #mostPermits}.
 */
interface PackedAlgorithm {
    /** Returns how many permits one request may ask of the limit of that index. */
    int mostPermits(int limit);

    /** Returns how many ticks after the floor of now the limit of that index has room for so many permits; zero if it has now. */
    long waitTicks(int[] words, int at, int limit, long nanos, int permits);

    /** Returns the words of a record for a new key that takes so many permits. */
    int newRecordWords(int permits);

    /** Writes the state of a new key that takes permits now; its last touch is written already. */
    void start(int[] words, int at, long nanos, int permits);

    /** Returns the words that the record needs to take so many permits besides; if they are more, it is ready to be copied. */
    int wordsToTake(int[] words, int at, long nanos, int permits);

    /** Returns what a receipt must remember of the permits that were taken last, one entry per limit or one for all. */
    List<Taken> taken(int[] words, int at, int permits);

    /** Gives permits back; returns false if they do not matter any more. May leave nothing: {@link #isBlank}. */
    boolean giveBack(int[] words, int at, long nanos, List<Taken> taken);

    /** Returns whether a record holds nothing, so that it must be removed. */
    boolean isBlank(int[] words, int at);

    /** Returns how long ago each permit was taken that still matters, the newest first; none if single permits are not remembered. */
    List<Duration> permitAges(int[] words, int at, long nanos);

    /** Takes permits that fit, in a record that has room for them. */
    void take(int[] words, int at, long nanos, int permits);
}
