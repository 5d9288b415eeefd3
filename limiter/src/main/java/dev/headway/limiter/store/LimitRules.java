package dev.headway.limiter.store;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Usage;
import dev.headway.limiter.algorithm.FixedWindow;
import dev.headway.limiter.algorithm.SlidingWindowCounter;
import dev.headway.limiter.algorithm.TokenBucket;
import java.util.ArrayList;
import java.util.List;

/**
 * What a space decides by: its limits, its algorithm, and the words of its answers. Immutable; it reads records and leaves writing to
 * the algorithm.
 */
final class LimitRules {
    /** Eight bytes at the lowest load, five eighths, and some for the segment. */
    private static final long BYTES_OF_A_SLOT = 16;

    private static final Receipt NOTHING_TAKEN = () -> false;

    private final Terms terms;
    private final Windows windows;
    private final TickScale scale;
    private final PackedAlgorithm algorithm;
    private final List<Usage> untouched;

    LimitRules(Terms terms) {
        this.terms = terms;
        this.windows = new Windows(terms.limits());
        this.scale = windows.scale();
        this.algorithm = pack(terms.algorithm(), windows);
        this.untouched = terms.limits().stream().map(Usage::untouched).toList();
    }

    private static PackedAlgorithm pack(Algorithm name, Windows windows) {
        return switch (name) {
            case SLIDING_WINDOW -> new PackedSlidingWindow(windows);
            case SLIDING_WINDOW_COUNTER ->
                new PackedRules<>(windows.map(SlidingWindowCounter::new), Packing.COUNTS, windows.scale());
            case FIXED_WINDOW -> new PackedRules<>(windows.map(FixedWindow::new), Packing.COUNT, windows.scale());
            case TOKEN_BUCKET -> new PackedRules<>(windows.map(TokenBucket::new), Packing.DEBT, windows.scale());
        };
    }

    Terms terms() {
        return terms;
    }

    List<Limit> limits() {
        return windows.limits();
    }

    PackedAlgorithm algorithm() {
        return algorithm;
    }

    List<Usage> untouched() {
        return untouched;
    }

    /** Returns the tick that now has surely reached. */
    long floor(long nanos) {
        return scale.floor(nanos);
    }

    /** Returns the tick that dates what is taken now. */
    long ceiling(long nanos) {
        return scale.ceiling(nanos);
    }

    /** Returns whether a tick is surely later than the time. */
    boolean isAfter(long tick, long nanos) {
        return tick > scale.ceiling(nanos);
    }

    /** Returns for how many ticks after its last touch a record matters. */
    long lifetime() {
        return algorithm.lifetimeTicks();
    }

    /** Returns the nanoseconds from now until a record of which this was the last touch does not matter any more. */
    long nanosUntilForgotten(long last, long nanos) {
        return scale.nanosUntil(Math.max(0, lifetime() - (floor(nanos) - last)), nanos);
    }

    /** Returns the bytes that a key may take: its largest record, its share of a page that fills, and its slot in a table that has just grown. */
    long mostBytesPerKey() {
        long record = 4L * algorithm.mostRecordWords();
        return record + record / 8 + BYTES_OF_A_SLOT;
    }

    boolean isPossible(int permits) {
        for (int i = 0; i < windows.count(); i++) {
            if (permits > windows.permits(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many ticks after the floor of now the possible request fits under all limits; zero if it does now. */
    long waitTicks(int[] words, int at, long nanos, int permits) {
        long wait = 0;
        for (int i = 0; i < windows.count(); i++) {
            wait = Math.max(wait, algorithm.waitTicks(words, at, i, nanos, permits));
        }
        return wait;
    }

    /** Answers a request of a key that is not held, without taking anything. */
    Decision answerForNew(int permits) {
        return isPossible(permits) ? new Decision.Allowed(untouched, NOTHING_TAKEN) : impossible(untouched, permits);
    }

    /** Answers a request of a key that is held, without taking anything. */
    Decision answer(int[] words, int at, long nanos, int permits) {
        if (!isPossible(permits)) {
            return impossible(usages(words, at, nanos), permits);
        }
        long wait = waitTicks(words, at, nanos, permits);
        return wait == 0
                ? new Decision.Allowed(usages(words, at, nanos), NOTHING_TAKEN)
                : refused(words, at, nanos, permits, wait);
    }

    Decision refused(int[] words, int at, long nanos, int permits, long waitTicks) {
        return new Decision.Refused(
                usages(words, at, nanos),
                scale.nanosUntil(waitTicks, nanos),
                refusing(words, at, nanos, permits),
                Decision.Cause.LIMIT);
    }

    Decision impossible(List<Usage> usages, int permits) {
        return new Decision.NeverPossible(
                usages,
                limits().stream().filter(limit -> permits > limit.permits()).toList());
    }

    List<Usage> usages(int[] words, int at, long nanos) {
        if (windows.count() == 1) {
            return List.of(usage(0, words, at, nanos));
        }
        List<Usage> usages = new ArrayList<>(windows.count());
        for (int i = 0; i < windows.count(); i++) {
            usages.add(usage(i, words, at, nanos));
        }
        return usages;
    }

    private Usage usage(int index, int[] words, int at, long nanos) {
        int remaining = remaining(index, words, at, nanos);
        if (remaining == windows.permits(index)) {
            return untouched.get(index);
        }
        long next = algorithm.waitTicks(words, at, index, nanos, remaining + 1);
        long reset = algorithm.waitTicks(words, at, index, nanos, windows.permits(index));
        return new Usage(
                windows.limit(index), remaining, scale.nanosUntil(next, nanos), scale.nanosUntil(reset, nanos));
    }

    /** Returns the most permits that fit now, which is found by halving as a larger request never fits sooner. */
    private int remaining(int index, int[] words, int at, long nanos) {
        int fits = 0;
        int mayFit = windows.permits(index);
        while (fits < mayFit) {
            int middle = mayFit - (mayFit - fits) / 2;
            if (algorithm.waitTicks(words, at, index, nanos, middle) == 0) {
                fits = middle;
            } else {
                mayFit = middle - 1;
            }
        }
        return fits;
    }

    private List<Limit> refusing(int[] words, int at, long nanos, int permits) {
        if (windows.count() == 1) {
            return windows.limits();
        }
        List<Limit> refusing = new ArrayList<>(windows.count());
        for (int i = 0; i < windows.count(); i++) {
            if (algorithm.waitTicks(words, at, i, nanos, permits) > 0) {
                refusing.add(windows.limit(i));
            }
        }
        return refusing;
    }
}
