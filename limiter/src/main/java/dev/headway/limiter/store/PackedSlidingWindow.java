package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * The exact sliding window of a space, on packed logs: the same arithmetic as the pure step {@link
 * dev.headway.limiter.algorithm.SlidingWindow}, which is what it is tested against. Immutable; who changes a record holds the lock
 * of its segment.
 */
final class PackedSlidingWindow {
    private final Windows windows;
    private final TickScale scale;
    private final RecordSizes sizes;
    private final List<Usage> untouched;

    PackedSlidingWindow(Windows windows) {
        this.windows = windows;
        this.scale = windows.scale();
        this.sizes = RecordSizes.upTo(PackedLog.recordWords(windows.mostLive()));
        this.untouched = windows.limits().stream().map(Usage::untouched).toList();
    }

    List<Limit> limits() {
        return windows.limits();
    }

    List<Usage> untouched() {
        return untouched;
    }

    /** Returns the tick that now has surely reached. */
    long floor(long nanos) {
        return scale.floor(nanos);
    }

    /** Returns whether a tick is surely later than the time. */
    boolean isAfter(long tick, long nanos) {
        return tick > scale.ceiling(nanos);
    }

    /** Returns for how many ticks after its last touch a record matters. */
    long lifetime() {
        return windows.longest();
    }

    /** Returns the nanoseconds from now until a record of which this was the last touch does not matter any more. */
    long nanosUntilForgotten(long last, long nanos) {
        return scale.nanosUntil(Math.max(0, windows.longest() - (floor(nanos) - last)), nanos);
    }

    boolean isPossible(int permits) {
        for (int i = 0; i < windows.count(); i++) {
            if (permits > windows.permits(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many ticks after the floor of now the possible request fits; zero if it does now. */
    long waitTicks(int[] words, int at, long nanos, int permits) {
        long floor = scale.floor(nanos);
        long wait = 0;
        for (int i = 0; i < windows.count(); i++) {
            wait = Math.max(wait, PackedLog.waitTicks(words, at, windows.permits(i), windows.ticks(i), floor, permits));
        }
        return wait;
    }

    Decision refused(int[] words, int at, long nanos, int permits, long waitTicks) {
        return new Decision.Refused(
                usages(words, at, nanos),
                scale.nanosUntil(waitTicks, nanos),
                refusing(words, at, nanos, permits),
                Decision.Cause.LIMIT);
    }

    Decision allowed(int[] words, int at, long nanos) {
        return new Decision.Allowed(usages(words, at, nanos));
    }

    Decision impossible(List<Usage> usages, int permits) {
        return new Decision.NeverPossible(
                usages,
                limits().stream().filter(limit -> permits > limit.permits()).toList());
    }

    /** Returns the words of a record for a new key that takes so many permits. */
    int newRecordWords(int permits) {
        return sizes.atLeast(PackedLog.recordWords(permits));
    }

    void start(int[] words, int at, long stamp, int permits) {
        PackedLog.start(words, at, stamp, permits);
    }

    long stampForNew(long nanos) {
        return scale.ceiling(nanos);
    }

    /** Drops what does not matter any more; returns the words that the record needs to take so many permits besides. */
    int wordsToTake(int[] words, int at, long nanos, int permits) {
        int live = PackedLog.purge(words, at, windows.longest(), scale.floor(nanos));
        int needed = PackedLog.recordWords(live + permits);
        if (needed <= Page.recordWords(words)) {
            return Page.recordWords(words);
        }
        PackedLog.unroll(words, at);
        return sizes.atLeast(needed);
    }

    /** Takes permits that fit, in a record that has room for them. */
    void take(int[] words, int at, long nanos, int permits) {
        long newest = Page.last(words, at);
        long stamp = Math.max(scale.ceiling(nanos), newest);
        if (scale.floor(nanos) - newest >= windows.longest()) {
            PackedLog.start(words, at, stamp, permits);
        } else {
            PackedLog.add(words, at, stamp, permits);
        }
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
        long floor = scale.floor(nanos);
        int limit = windows.permits(index);
        long ticks = windows.ticks(index);
        int live = PackedLog.countLive(words, at, ticks, floor);
        if (live == 0) {
            return untouched.get(index);
        }
        int remaining = Math.max(0, limit - live);
        long next = PackedLog.waitTicks(words, at, limit, ticks, floor, remaining + 1);
        long reset = PackedLog.waitTicks(words, at, limit, ticks, floor, limit);
        return new Usage(
                windows.limit(index), remaining, scale.nanosUntil(next, nanos), scale.nanosUntil(reset, nanos));
    }

    private List<Limit> refusing(int[] words, int at, long nanos, int permits) {
        if (windows.count() == 1) {
            return windows.limits();
        }
        long floor = scale.floor(nanos);
        List<Limit> refusing = new ArrayList<>(windows.count());
        for (int i = 0; i < windows.count(); i++) {
            if (PackedLog.waitTicks(words, at, windows.permits(i), windows.ticks(i), floor, permits) > 0) {
                refusing.add(windows.limit(i));
            }
        }
        return refusing;
    }
}
