package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Usage;
import dev.headway.limiter.algorithm.FixedWindow;
import dev.headway.limiter.algorithm.Pacing;
import dev.headway.limiter.algorithm.SlidingWindowCounter;
import dev.headway.limiter.algorithm.TokenBucket;
import dev.headway.limiter.algorithm.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a view of a space decides by: its limits, its algorithm on records of one layout, and the words of its answers. Immutable; it
 * reads records and leaves writing to the algorithm.
 */
final class LimitRules {
    private static final Receipt NOTHING_TAKEN = () -> false;

    private final Terms terms;
    private final Layout layout;
    private final Windows windows;
    private final TickScale scale;
    private final PackedAlgorithm algorithm;
    private final int largestPossible;
    private final List<Usage> untouched;

    LimitRules(Terms terms, Layout layout) {
        this.terms = terms;
        this.layout = layout;
        this.scale = layout.scale();
        this.windows = new Windows(terms.limits(), scale);
        this.algorithm = layout.algorithm(terms.limits());
        this.largestPossible = IntStream.range(0, windows.count())
                .map(algorithm::mostPermits)
                .min()
                .orElseThrow();
        this.untouched = IntStream.range(0, windows.count())
                .mapToObj(i -> new Usage(windows.limit(i), algorithm.mostPermits(i), 0, 0))
                .toList();
    }

    /** Returns the layout of records that are enough for the terms alone. */
    static Layout layout(Terms terms) {
        return switch (terms.algorithm()) {
            case SLIDING_WINDOW -> LogLayout.of(terms.limits());
            case SLIDING_WINDOW_COUNTER -> RulesLayout.of(terms.limits(), Packing.COUNTS, SlidingWindowCounter::new);
            case FIXED_WINDOW -> RulesLayout.of(terms.limits(), Packing.COUNT, FixedWindow::new);
            case TOKEN_BUCKET -> RulesLayout.of(terms.limits(), Packing.DEBT, bucket(terms.burst()));
            case PACING -> RulesLayout.of(terms.limits(), Packing.DEBT, Pacing::new);
        };
    }

    private static Function<Window, TokenBucket> bucket(int burst) {
        return window -> new TokenBucket(window, burst == Terms.NO_BURST ? window.permits() : burst);
    }

    /** Returns these rules for records of a layout, which is enough for them. */
    LimitRules on(Layout other) {
        return other == layout ? this : new LimitRules(terms, other);
    }

    Terms terms() {
        return terms;
    }

    Layout layout() {
        return layout;
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

    /** Returns the tick that dates what is taken now. */
    long ceiling(long nanos) {
        return scale.ceiling(nanos);
    }

    /** Returns whether a tick is surely later than the time. */
    boolean isAfter(long tick, long nanos) {
        return tick > scale.ceiling(nanos);
    }

    /** Returns the nanoseconds from now until so many ticks after the floor of now; zero for no ticks. */
    long nanosUntil(long ticks, long nanos) {
        return scale.nanosUntil(ticks, nanos);
    }

    boolean isPossible(int permits) {
        return permits <= largestPossible;
    }

    /** Returns how many ticks after the floor of now the possible request fits under all limits; zero if it does now. */
    long waitTicks(int[] words, int at, long nanos, int permits) {
        long wait = algorithm.waitTicks(words, at, 0, nanos, permits);
        for (int i = 1; i < windows.count(); i++) {
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
                : refused(words, at, nanos, permits, nanosUntil(wait, nanos));
    }

    Snapshot snapshot(int[] words, int at, long nanos) {
        return new Snapshot(usages(words, at, nanos), algorithm.permitAges(words, at, nanos));
    }

    Decision refused(int[] words, int at, long nanos, int permits, long waitNanos) {
        return new Decision.Refused(
                usages(words, at, nanos), waitNanos, refusing(words, at, nanos, permits), Decision.Cause.LIMIT);
    }

    Decision impossible(List<Usage> usages, int permits) {
        List<Limit> tooSmall = IntStream.range(0, windows.count())
                .filter(i -> permits > algorithm.mostPermits(i))
                .mapToObj(windows::limit)
                .toList();
        return new Decision.NeverPossible(usages, tooSmall);
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
        if (remaining == algorithm.mostPermits(index)) {
            return untouched.get(index);
        }
        long next = algorithm.waitTicks(words, at, index, nanos, remaining + 1);
        long reset = algorithm.waitTicks(words, at, index, nanos, algorithm.mostPermits(index));
        return new Usage(
                windows.limit(index), remaining, scale.nanosUntil(next, nanos), scale.nanosUntil(reset, nanos));
    }

    /** Returns the most permits that fit now, which is found by halving as a larger request never fits sooner. */
    private int remaining(int index, int[] words, int at, long nanos) {
        int fits = 0;
        int mayFit = algorithm.mostPermits(index);
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

    /** Returns the limits without room for so many possible permits. */
    List<Limit> refusing(int[] words, int at, long nanos, int permits) {
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
