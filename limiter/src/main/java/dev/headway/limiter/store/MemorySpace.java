package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.SpaceClaim;
import dev.headway.limiter.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A view of the keys of one limiter in memory: the keys are shared with other views, the limits are its own. Safe to share between threads.
 *
 * <p>The rules may change at any time. Who decides reads them when it holds the lock of the segment, or, without the lock, after it has
 * begun to read: so there is one moment at which the rules held and the record was as it was seen.
 */
final class MemorySpace implements LimitSpace {
    private static final int READS_WITHOUT_LOCK = 2;
    private static final long LONGEST_WAIT_NANOS = Limit.MAX_WINDOW.toNanos();

    private final Keyspace keys;
    private final Identity.Use acquireNanos = this::acquireNanos;
    private volatile LimitRules rules;

    MemorySpace(Keyspace keys, Terms terms) {
        this.keys = keys;
        this.rules = new LimitRules(terms, keys.layout());
    }

    LimitRules rules() {
        return rules;
    }

    Terms terms() {
        return rules.terms();
    }

    Keyspace keys() {
        return keys;
    }

    @Override
    public List<Limit> limits() {
        return rules.limits();
    }

    @Override
    public LimitSpace withLimits(List<Limit> limits) {
        keys.addView(limits);
        return new MemorySpace(keys, terms().withLimits(limits));
    }

    @Override
    public void changeLimits(List<Limit> limits) {
        keys.changeTo(limits);
        become(limits);
    }

    private synchronized void become(List<Limit> limits) {
        rules = new LimitRules(terms().withLimits(limits), keys.layout());
    }

    private synchronized void refresh() {
        rules = rules.on(keys.layout());
    }

    @Override
    public long tryAcquireNanos(String key, int permits) {
        return keys.hashing().handOn(key, permits, acquireNanos);
    }

    @Override
    public long tryAcquireNanos(long keyHigh, long keyLow, int permits) {
        return keys.hashing().handOn(keyHigh, keyLow, permits, acquireNanos);
    }

    @Override
    public OneKey forKey(Key key) {
        return new KnownKey(this, keys.hashing().of(key));
    }

    long acquireNanos(long keyHigh, long keyLow, int permits) {
        long nanos = keys.nanos();
        for (int reads = 0; reads < READS_WITHOUT_LOCK; reads++) {
            Segment segment = keys.segment(Identity.place(keyLow));
            long reading = segment.beginReading();
            long wait = keys.readWait(segment, rules, keyHigh, keyLow, nanos, permits);
            if (wait == Keyspace.UNSETTLED) {
                return settleNanos(keyHigh, keyLow, nanos, permits);
            }
            if (segment.sawNoChange(reading)) {
                return wait;
            }
        }
        return settleNanos(keyHigh, keyLow, nanos, permits);
    }

    long settleNanos(long keyHigh, long keyLow, long nanos, int permits) {
        tidyLines();
        Segment segment = keys.lockWithRoom(keyHigh, keyLow);
        long answer;
        try {
            answer = keys.settle(segment, rules, keyHigh, keyLow, nanos, permits, false);
        } finally {
            segment.unlock();
        }
        return answer >= 0 ? answer : LimitSpace.nanos(settle(keyHigh, keyLow, nanos, permits, 0));
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        Identity identity = keys.hashing().of(Key.of(key));
        return acquire(identity.high(), identity.low(), permits);
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        Identity identity = keys.hashing().of(Key.of(keyHigh, keyLow));
        return acquire(identity.high(), identity.low(), permits);
    }

    Decision acquire(long keyHigh, long keyLow, int permits) {
        long nanos = keys.nanos();
        return readRefusal(keyHigh, keyLow, nanos, permits).orElseGet(() -> settle(keyHigh, keyLow, nanos, permits, 0));
    }

    private Optional<Decision> readRefusal(long keyHigh, long keyLow, long nanos, int permits) {
        Segment segment = keys.segment(Identity.place(keyLow));
        long reading = segment.beginReading();
        LimitRules current = rules;
        long wait = keys.readWait(segment, current, keyHigh, keyLow, nanos, permits);
        if (wait == Keyspace.UNSETTLED) {
            return Optional.empty();
        }
        Decision refused = describe(segment, current, keyHigh, keyLow, nanos, permits, wait);
        return segment.sawNoChange(reading) ? Optional.of(refused) : Optional.empty();
    }

    /** Takes the permits, or gives a place in the line if that is no longer than so many nanoseconds. */
    private Decision settle(long keyHigh, long keyLow, long read, int permits, long mostWaitNanos) {
        tidyLines();
        long nanos = read;
        for (boolean isAnew = false; ; isAnew = true) {
            long answer;
            Segment segment = keys.lockWithRoom(keyHigh, keyLow);
            try {
                LimitRules current = rules;
                // Who reserves is told how long it is from now, and others may have gone since the clock was read.
                nanos = mostWaitNanos > 0 ? keys.nanos() : nanos;
                answer = keys.settle(segment, current, keyHigh, keyLow, nanos, permits, isAnew);
                if (answer >= 0) {
                    Identity key = new Identity(keyHigh, keyLow);
                    return answer(segment, current, key, nanos, permits, mostWaitNanos, answer);
                }
            } finally {
                segment.unlock();
            }
            if (answer == Keyspace.NO_PLACE && !keys.makeRoom(nanos)) {
                keys.countOverflow();
                return keys.refusesNew() ? refuseNew(nanos) : settleShared(nanos, permits, mostWaitNanos);
            }
            nanos = keys.nanos();
            currentRules();
        }
    }

    private Decision refuseNew(long nanos) {
        LimitRules current = rules;
        return new Decision.Refused(
                current.untouched(), keys.nanosUntilRoom(nanos), current.limits(), Decision.Cause.STORE_FULL);
    }

    private Decision settleShared(long nanos, int permits, long mostWaitNanos) {
        Identity shared = keys.shared();
        Optional<Decision> refused =
                mostWaitNanos > 0 ? Optional.empty() : readRefusal(shared.high(), shared.low(), nanos, permits);
        while (refused.isEmpty()) {
            Segment segment = keys.lockWithRoom(shared.high(), shared.low());
            LimitRules current = rules;
            try {
                long answer = keys.settleShared(segment, current, nanos, permits);
                if (answer >= 0) {
                    return answer(segment, current, shared, nanos, permits, mostWaitNanos, answer);
                }
            } finally {
                segment.unlock();
            }
            currentRules();
        }
        return refused.get();
    }

    /** Makes a decision of an answer; the caller holds the lock. */
    private Decision answer(
            Segment segment, LimitRules current, Identity key, long nanos, int permits, long mostWait, long answer) {
        if (answer > 0 && answer <= mostWait && keys.lines().hasRoomFor(key)) {
            Place place = new Place(this, key, current, nanos + answer, permits);
            return keys.lines().stand(segment, current, place, nanos);
        }
        return answer > 0 && keys.lines().has(key.high(), key.low())
                ? peek(segment, current, key, nanos, permits)
                : describe(segment, current, key.high(), key.low(), nanos, permits, answer);
    }

    /** Tells an answer with how the limits stand; without the lock it may be nonsense, but does no harm. */
    private Decision describe(
            Segment segment, LimitRules current, long keyHigh, long keyLow, long nanos, int permits, long answer) {
        int reference = segment.find(keyHigh, keyLow);
        int[] page = segment.page(reference);
        int at = Segment.offset(reference);
        if (reference == Segment.ABSENT || !Page.holds(page, at, keyHigh, keyLow)) {
            return current.impossible(current.untouched(), permits);
        }
        if (answer == Keyspace.TAKEN) {
            Receipt receipt = keys.receipt(segment, current, new Identity(keyHigh, keyLow), permits);
            return new Decision.Allowed(current.usages(page, at, nanos), receipt);
        }
        return answer == Keyspace.NEVER
                ? current.impossible(current.usages(page, at, nanos), permits)
                : current.refused(page, at, nanos, permits, answer);
    }

    /** Tells the answer to a part of a joint request; the caller holds the lock. */
    Decision describe(Segment segment, LimitRules current, Identity key, long nanos, int permits, long answer) {
        if (answer == Keyspace.NO_PLACE) {
            return refuseNew(nanos);
        }
        return answer == Keyspace.TAKEN
                ? describe(segment, current, key.high(), key.low(), nanos, permits, answer)
                : peek(segment, current, key, nanos, permits);
    }

    /** Returns the rules, after they were renewed if need be, by the layout that segments have when they are locked next. */
    LimitRules currentRules() {
        LimitRules current = rules;
        if (current.layout() != keys.layout()) {
            refresh();
        }
        return rules;
    }

    @Override
    public List<Decision> tryAcquireAll(List<SpaceClaim> claims) {
        JointAttempt.requireJoinable(claims, keys.population());
        for (boolean isAnew = false; ; isAnew = true) {
            long nanos = keys.nanos();
            JointAttempt attempt = new JointAttempt(claims, nanos, isAnew);
            List<Decision> decisions = attempt.make();
            if (attempt.lacksRoom() && !keys.makeRoom(nanos)) {
                keys.countOverflow();
                return decisions;
            }
            if (!decisions.isEmpty() && !attempt.lacksRoom()) {
                return decisions;
            }
        }
    }

    @Override
    public Decision peek(Key key, int permits) {
        Identity identity = keys.hashing().of(key);
        return read(identity, (segment, current, nanos) -> peek(segment, current, identity, nanos, permits));
    }

    private Decision peek(Segment segment, LimitRules current, Identity key, long nanos, int permits) {
        return keys.lines()
                .find(segment, current, key, nanos)
                .map(line -> line.answer(segment, current, nanos, permits))
                .orElseGet(() -> peekWithoutLine(segment, current, key, nanos, permits));
    }

    private static Decision peekWithoutLine(
            Segment segment, LimitRules current, Identity key, long nanos, int permits) {
        int reference = segment.find(key.high(), key.low());
        return reference == Segment.ABSENT
                ? current.answerForNew(permits)
                : current.answer(segment.page(reference), Segment.offset(reference), nanos, permits);
    }

    @Override
    public Snapshot snapshot(Key key) {
        Identity identity = keys.hashing().of(key);
        return read(
                identity,
                (segment, current, nanos) -> keys.lines()
                        .find(segment, current, identity, nanos)
                        .map(line -> snapshot(segment, current, line, nanos))
                        .orElseGet(() -> snapshot(segment, current, identity, nanos)));
    }

    private static Snapshot snapshot(Segment segment, LimitRules current, Identity key, long nanos) {
        int reference = segment.find(key.high(), key.low());
        return reference == Segment.ABSENT
                ? new Snapshot(current.untouched(), List.of())
                : current.snapshot(segment.page(reference), Segment.offset(reference), nanos);
    }

    private static Snapshot snapshot(Segment segment, LimitRules current, WaitingLine line, long nanos) {
        Stream<Duration> waiting = line.agesNanos(nanos).stream().map(Duration::ofNanos);
        Stream<Duration> gone = snapshot(segment, current, line.key(), nanos).permitAges().stream();
        return new Snapshot(
                line.usages(segment, current, nanos),
                Stream.concat(waiting, gone).toList());
    }

    @Override
    public Decision reserve(Key key, int permits, long minWaitNanos, long maxWaitNanos) {
        terms().requireLine();
        Identity identity = keys.hashing().of(key);
        long mostNanos = Math.min(maxWaitNanos, LONGEST_WAIT_NANOS);
        return minWaitNanos == 0
                ? settle(identity.high(), identity.low(), keys.nanos(), permits, mostNanos)
                : reserveLater(identity, permits, minWaitNanos, mostNanos);
    }

    private Decision reserveLater(Identity key, int permits, long leastNanos, long mostNanos) {
        tidyLines();
        return read(key, (segment, current, nanos) -> {
            Decision now = peek(segment, current, key, nanos, permits);
            long wait = Math.max(leastNanos, LimitSpace.nanos(now));
            if (wait <= mostNanos && keys.lines().hasRoomFor(key)) {
                Place place = new Place(this, key, current, nanos + wait, permits);
                return keys.lines().stand(segment, current, place, nanos);
            }
            return now.allowed()
                    ? new Decision.Refused(now.usages(), wait, current.limits(), Decision.Cause.LIMIT)
                    : now;
        });
    }

    /** Settles some lines of keys for which nobody may ask any more. */
    private void tidyLines() {
        if (keys.lines().isEmpty()) {
            return;
        }
        for (Identity due : keys.lines().due(keys.nanos())) {
            read(due, (segment, current, nanos) -> keys.lines().find(segment, current, due, nanos));
        }
    }

    /** Takes a place out of its line; returns false if its time has come or it was forgotten. */
    boolean leave(Place place) {
        return read(place.key(), (segment, current, nanos) -> keys.lines().leave(segment, current, place, nanos));
    }

    /** Reads the segment of a key under its lock, by rules for its layout. */
    private <R> R read(Identity key, Reading<R> reading) {
        while (true) {
            Segment segment = keys.lock(key.place());
            try {
                LimitRules current = currentRules();
                if (segment.layout() == current.layout()) {
                    return reading.of(segment, current, keys.nanos());
                }
            } finally {
                segment.unlock();
            }
        }
    }

    /** What is read of a segment at a time, in nanoseconds since the store was made. */
    @FunctionalInterface
    private interface Reading<R> {
        R of(Segment segment, LimitRules current, long nanos);
    }

    @Override
    public void reset(Key key) {
        Identity identity = keys.hashing().of(key);
        Segment segment = keys.lock(identity.place());
        try {
            int reference = segment.find(identity.high(), identity.low());
            if (reference != Segment.ABSENT) {
                keys.forget(segment, reference);
            }
            keys.lines().forget(identity);
        } finally {
            segment.unlock();
        }
    }
}
