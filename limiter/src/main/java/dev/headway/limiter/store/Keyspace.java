package dev.headway.limiter.store;

import dev.headway.limiter.Limit;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.algorithm.Taken;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The keys that all views of one limiter share, and how a request comes to its answer. Safe to share between threads.
 *
 * <p>A request first reads without a lock. If what it reads is a refusal, and nobody has written meanwhile, that is the answer: it
 * was true at one moment of the call, and nothing has been written for it. Anything else is settled under the lock of the segment,
 * which is held for some tens of nanoseconds.
 *
 * <p>The clock is read before the lock is taken, so that nobody waits for it. A thread that is held up in between would decide by a
 * time that others have left behind. Therefore who finds, under the lock, that the key's newest permit is later than the time that it
 * has read is told to ask {@link #AGAIN}, by a clock that is read anew.
 */
final class Keyspace {
    /** The answer that nobody has yet, without the lock: what was read was not a refusal, or had changed. */
    static final long UNSETTLED = 0;
    /** The answer that the permits were taken. */
    static final long TAKEN = 0;
    /** The answer that no waiting helps. */
    static final long NEVER = Long.MAX_VALUE;
    /** The answer that the time or the rules were out of date. */
    static final long AGAIN = -1;
    /** The answer that the key is new and has no place in its segment. */
    static final long NO_PLACE = -2;
    /** The answer that the permits fit, and are not taken: the key is not there. */
    static final long IS_NEW = -3;

    private final KeyTable table;
    private final KeyHash hashing;
    private final ElapsedClock clock;
    private final Population population;
    private final Reclaimer reclaimer;
    private final Overflow overflow;
    private final Identity shared;
    private final Lines lines = new Lines(this);
    private volatile boolean hasViews;
    private volatile List<Limit> fastest;
    private final LongAdder overflowed = new LongAdder();

    Keyspace(
            KeyTable table,
            KeyHash hashing,
            ElapsedClock clock,
            Population population,
            Overflow overflow,
            List<Limit> limits) {
        this.table = table;
        this.hashing = hashing;
        this.clock = clock;
        this.population = population;
        this.reclaimer = new Reclaimer(table, population);
        this.overflow = overflow;
        this.shared = hashing.secret();
        this.fastest = limits;
        population.add(reclaimer);
    }

    /** Returns those who wait for keys. */
    Lines lines() {
        return lines;
    }

    KeyHash hashing() {
        return hashing;
    }

    /** Returns the time since the store was made. */
    long nanos() {
        return clock.nanos();
    }

    /** Returns the layout that segments have when they are locked next. */
    Layout layout() {
        return table.layout();
    }

    /** Makes sure that records tell enough for these limits too; throws {@link IllegalArgumentException} if other views then could not read them. */
    void changeTo(List<Limit> limits) {
        table.layOutFor(limits, !hasViews);
        noteFastest(limits);
        reclaimer.mayDieAt(Long.MIN_VALUE);
    }

    /** Makes sure that records tell enough for a view by these limits; throws {@link IllegalArgumentException} if they cannot. */
    void addView(List<Limit> limits) {
        table.layOutFor(limits, false);
        noteFastest(limits);
        hasViews = true;
    }

    private synchronized void noteFastest(List<Limit> limits) {
        fastest = Windows.fastest(fastest, limits);
    }

    /**
     * Returns the rules by which permits are given back: those of the fastest limits that there have been. What was owed may have been paid
     * by any of them, and more than what is left of a request must never be given back.
     */
    LimitRules refunding(LimitRules rules) {
        List<Limit> limits = fastest;
        return limits.equals(rules.limits())
                ? rules
                : new LimitRules(rules.terms().withLimits(limits), rules.layout());
    }

    /** Returns how often a new key met a store full of live ones. */
    long overflowed() {
        return overflowed.sum();
    }

    long bytes() {
        return table.bytes();
    }

    /** Returns the segment for the hash, to be read without the lock: it may have been retired since, or be of an earlier layout. */
    Segment segment(int hash) {
        return table.segment(hash);
    }

    /** Returns the segment for the hash, locked, and of the current layout. */
    Segment lock(int hash) {
        return table.lock(hash);
    }

    /** Returns the segment for the key, locked, of the current layout, and with the key in it or with room for it. */
    Segment lockWithRoom(long keyHigh, long keyLow) {
        return table.lockWithRoom(keyHigh, keyLow);
    }

    /** Returns the segment that has the key or room for it; when it is locked again, it may have been retired. */
    Segment roomFor(Identity key) {
        Segment segment = lockWithRoom(key.high(), key.low());
        segment.unlock();
        return segment;
    }

    /** Returns where the keys are counted. */
    Population population() {
        return population;
    }

    /**
     * Returns the nanoseconds until the request fits if that can be told without the lock, else {@link #UNSETTLED}; it is true if nothing
     * in the segment has changed meanwhile.
     */
    long readWait(Segment segment, LimitRules rules, long keyHigh, long keyLow, long nanos, int permits) {
        return segment.layout() == rules.layout() && rules.isPossible(permits) && !lines.has(keyHigh, keyLow)
                ? segment.waitNanos(rules, keyHigh, keyLow, nanos, permits)
                : UNSETTLED;
    }

    /**
     * Takes the permits if they fit; the caller holds the lock of the segment. Returns {@link #TAKEN}, the nanoseconds until they fit,
     * {@link #NEVER}, {@link #NO_PLACE} or {@link #AGAIN}, which it does for the sake of the time only if the clock was not read anew.
     */
    long settle(Segment segment, LimitRules rules, long keyHigh, long keyLow, long nanos, int permits, boolean isAnew) {
        if (lines.has(keyHigh, keyLow)) {
            long wait = waitInLine(segment, rules, new Identity(keyHigh, keyLow), nanos, permits);
            if (wait > 0) {
                return isAnew ? wait : AGAIN;
            }
        }
        int reference = segment.find(keyHigh, keyLow);
        long answer = look(segment, rules, reference, nanos, permits, isAnew);
        if (answer == IS_NEW) {
            return settleNew(segment, rules, keyHigh, keyLow, nanos, permits);
        }
        if (answer == TAKEN) {
            take(segment, rules, reference, nanos, permits);
        }
        return answer;
    }

    /** Returns the nanoseconds until the request fits behind all who wait for the key, or zero if nobody does or the request will not fit at all. */
    long waitInLine(Segment segment, LimitRules rules, Identity key, long nanos, int permits) {
        if (segment.layout() != rules.layout() || !rules.isPossible(permits)) {
            return 0;
        }
        return lines.find(segment, rules, key, nanos)
                .map(line -> line.waitNanos(segment, rules, nanos, permits))
                .orElse(0L);
    }

    /**
     * Looks whether the permits fit; the caller holds the lock of the segment. Returns {@link #TAKEN} if they do, {@link #IS_NEW} if they do
     * and the key is not there, else the nanoseconds until they fit, {@link #NEVER} or {@link #AGAIN}.
     */
    static long look(Segment segment, LimitRules rules, int reference, long nanos, int permits, boolean isAnew) {
        if (segment.layout() != rules.layout()) {
            return AGAIN;
        }
        if (!rules.isPossible(permits)) {
            return NEVER;
        }
        if (reference == Segment.ABSENT) {
            return IS_NEW;
        }
        int[] page = segment.page(reference);
        int at = Segment.offset(reference);
        if (!isAnew && rules.isAfter(Page.last(page, at), nanos)) {
            return AGAIN;
        }
        long wait = rules.waitTicks(page, at, nanos, permits);
        return wait > 0 ? rules.nanosUntil(wait, nanos) : TAKEN;
    }

    private long settleNew(Segment segment, LimitRules rules, long keyHigh, long keyLow, long nanos, int permits) {
        reclaimer.reclaim(segment, nanos);
        if (!tryTakePlace(segment)) {
            return NO_PLACE;
        }
        begin(segment, rules, keyHigh, keyLow, nanos, permits);
        return TAKEN;
    }

    /** Takes a place for a new key in the segment; returns false if the store has none. */
    boolean tryTakePlace(Segment segment) {
        return population.tryTakePlace(segment.layout().mostBytesPerKey());
    }

    /** Gives a place back that was taken for a new key in the segment. */
    void givePlaceBack(Segment segment) {
        population.release(1, segment.layout().mostBytesPerKey());
    }

    /** Takes permits that fit; the caller holds the lock of the segment and has taken a place if the key is not there. */
    void take(Segment segment, LimitRules rules, Identity key, long nanos, int permits) {
        int reference = segment.find(key.high(), key.low());
        if (reference == Segment.ABSENT) {
            begin(segment, rules, key.high(), key.low(), nanos, permits);
        } else {
            take(segment, rules, reference, nanos, permits);
        }
    }

    /** Takes permits that were promised, and a place for the key if need be; the caller holds the lock. Returns what gives them back. */
    Receipt takeAnyway(Segment segment, LimitRules rules, Identity key, long nanos, int permits) {
        if (segment.find(key.high(), key.low()) == Segment.ABSENT) {
            population.takePlaceAnyway(segment.layout().mostBytesPerKey());
        }
        take(segment, rules, key, nanos, permits);
        return receipt(segment, rules, key, permits);
    }

    /** Returns what gives the permits back that were taken last. */
    Receipt receipt(Segment segment, LimitRules rules, Identity key, int permits) {
        int reference = segment.find(key.high(), key.low());
        List<Taken> taken = rules.algorithm().taken(segment.page(reference), Segment.offset(reference), permits);
        return new MemoryReceipt(this, rules, key.high(), key.low(), taken);
    }

    private static void take(Segment segment, LimitRules rules, int reference, long nanos, int permits) {
        int[] page = segment.page(reference);
        int words = rules.algorithm().wordsToTake(page, Segment.offset(reference), nanos, permits);
        int place = words == Page.recordWords(page) ? reference : segment.move(reference, words);
        rules.algorithm().take(segment.page(place), Segment.offset(place), nanos, permits);
    }

    /** Takes possible permits of a key that is not there; a place has been taken for it. */
    private void begin(Segment segment, LimitRules rules, long keyHigh, long keyLow, long read, int permits) {
        long nanos = reclaimer.notBeforeForgetting(read);
        int words = rules.algorithm().newRecordWords(permits);
        int place = segment.insert(keyHigh, keyLow, words, rules.ceiling(nanos));
        rules.algorithm().start(segment.page(place), Segment.offset(place), nanos, permits);
    }

    /** Frees places of keys that do not matter any more; returns false if every key of the store still does. */
    boolean makeRoom(long nanos) {
        return population.makeRoom(nanos);
    }

    /** Takes note that a request has found no place for a new key. */
    void countOverflow() {
        overflowed.increment();
    }

    /** Returns whether new keys without a place are refused, and do not share {@link #shared()}. */
    boolean refusesNew() {
        return overflow == Overflow.REFUSE_NEW;
    }

    /** Returns the nanoseconds until a place may be free, at least 1. */
    long nanosUntilRoom(long nanos) {
        return population.nanosUntilRoom(nanos);
    }

    /** Returns whose permits newcomers share. */
    Identity shared() {
        return shared;
    }

    /** Settles for the shared key, which always finds a place; the caller holds the lock of its segment. */
    long settleShared(Segment segment, LimitRules rules, long nanos, int permits) {
        boolean isThere = segment.find(shared.high(), shared.low()) != Segment.ABSENT;
        boolean isWaitedFor = lines.has(shared.high(), shared.low());
        if (isThere || isWaitedFor || segment.layout() != rules.layout() || !rules.isPossible(permits)) {
            return settle(segment, rules, shared.high(), shared.low(), nanos, permits, true);
        }
        population.takePlaceAnyway(segment.layout().mostBytesPerKey());
        begin(segment, rules, shared.high(), shared.low(), nanos, permits);
        return TAKEN;
    }

    /** Forgets a record; the caller holds the lock of its segment. */
    void forget(Segment segment, int reference) {
        segment.remove(reference);
        givePlaceBack(segment);
    }

    /** Takes note that permits of a key were given back, so that it may cease to matter earlier; the caller does not hold its lock any more. */
    void touchedEarlier(Segment segment) {
        reclaimer.mayDieAt(segment.nextDeathNanos());
    }
}
