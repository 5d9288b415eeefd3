package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Those who wait for one key, and the key as it will be when they have gone: what {@link dev.headway.limiter.algorithm.Line} is to the
 * pure functions. Shared by threads: who asks it holds the lock of the key's segment, but for {@link #lastNanos}.
 *
 * <p>The future of the key is a record like any other, in a segment of its own, which nobody else sees. So whoever comes to a long line is
 * answered as quickly as by a short one; only after somebody has left it, it is made anew.
 */
final class WaitingLine {
    /** As many as a log may have entries; who comes later is refused, however long it would wait. */
    private static final int MOST_PLACES = 65_535;

    private final Keyspace keys;
    private final Identity key;
    private final Deque<Place> places = new ArrayDeque<>();
    private Segment future;
    private boolean isStale = true;
    private volatile long lastNanos = Long.MIN_VALUE;

    WaitingLine(Keyspace keys, Identity key, Layout layout) {
        this.keys = keys;
        this.key = key;
        this.future = emptySegment(layout);
    }

    private static Segment emptySegment(Layout layout) {
        return new Segment(layout, 0, 1);
    }

    Identity key() {
        return key;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Returns whether nobody else finds a place. */
    boolean isFull() {
        return places.size() >= MOST_PLACES;
    }

    /** Returns the time of the last place that was given. */
    long lastNanos() {
        return lastNanos;
    }

    /** Takes the permits of all whose time has come, in their order. */
    void settle(Segment segment, LimitRules rules, long nanos) {
        while (!places.isEmpty() && places.getFirst().nanos() <= nanos) {
            Place place = places.removeFirst();
            place.go(keys.takeAnyway(segment, place.rulesOr(rules), key, place.nanos(), place.permits()));
        }
    }

    /** Gives a place at the time at which the permits fit behind all others. */
    void add(Segment segment, LimitRules rules, Place place) {
        Segment behind = future(segment, rules);
        places.addLast(place);
        keys.take(behind, rules, key, place.nanos(), place.permits());
        lastNanos = place.nanos();
    }

    /** Removes a place; returns false if it is not in the line. Those behind keep their times. */
    boolean remove(Place place) {
        isStale = true;
        return places.remove(place);
    }

    /** Takes note that the record of the key has changed. */
    void keyHasChanged() {
        isStale = true;
    }

    /** Returns the nanoseconds until so many possible permits fit behind the last of the line, which is not empty. */
    long waitNanos(Segment segment, LimitRules rules, long nanos, int permits) {
        Segment behind = future(segment, rules);
        int reference = reference(behind);
        long ticks = rules.waitTicks(behind.page(reference), Segment.offset(reference), endNanos(), permits);
        return endNanos() - nanos + rules.nanosUntil(ticks, endNanos());
    }

    /** Answers a request that comes behind the line, which is not empty. */
    Decision answer(Segment segment, LimitRules rules, long nanos, int permits) {
        List<Usage> usages = usages(segment, rules, nanos);
        return rules.isPossible(permits)
                ? new Decision.Refused(
                        usages,
                        waitNanos(segment, rules, nanos, permits),
                        refusing(segment, rules, permits),
                        Decision.Cause.LIMIT)
                : rules.impossible(usages, permits);
    }

    /** Returns how the limits stand for who comes behind the line: nothing is left now. */
    List<Usage> usages(Segment segment, LimitRules rules, long nanos) {
        Segment behind = future(segment, rules);
        int reference = reference(behind);
        long untilEnd = endNanos() - nanos;
        return rules.usages(behind.page(reference), Segment.offset(reference), endNanos()).stream()
                .map(usage -> seenFrom(untilEnd, usage))
                .toList();
    }

    /** Returns how long ago those in the line will have gone, the last first: as they are still to go, the times are negative. */
    List<Long> agesNanos(long nanos) {
        List<Long> ages = new ArrayList<>();
        places.descendingIterator()
                .forEachRemaining(place -> ages.addAll(Collections.nCopies(place.permits(), nanos - place.nanos())));
        return ages;
    }

    private static Usage seenFrom(long nanosBefore, Usage usage) {
        long next = usage.remaining() > 0 ? 0 : usage.nextPermitAfterNanos();
        return new Usage(usage.limit(), 0, nanosBefore + next, nanosBefore + usage.resetAfterNanos());
    }

    /** Returns the limits without room behind the line, or all: then it is the line that is in the way. */
    private List<Limit> refusing(Segment segment, LimitRules rules, int permits) {
        Segment behind = future(segment, rules);
        int reference = reference(behind);
        List<Limit> refusing = rules.refusing(behind.page(reference), Segment.offset(reference), endNanos(), permits);
        return refusing.isEmpty() ? rules.limits() : refusing;
    }

    private long endNanos() {
        return places.getLast().nanos();
    }

    private int reference(Segment behind) {
        return behind.find(key.high(), key.low());
    }

    private Segment future(Segment segment, LimitRules rules) {
        if (isStale || future.layout() != rules.layout()) {
            future = emptySegment(rules.layout());
            int reference = reference(segment);
            if (reference != Segment.ABSENT) {
                future.adopt(segment.page(reference), Segment.offset(reference));
            }
            places.forEach(place -> keys.take(future, place.rulesOr(rules), key, place.nanos(), place.permits()));
            isStale = false;
        }
        return future;
    }
}
