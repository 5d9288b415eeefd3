package dev.headway.limiter.store;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Terms;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The keys of one limiter in memory. Safe to share between threads.
 *
 * <p>A request first reads without a lock. If what it reads is a refusal, and nobody has written meanwhile, that is the answer: it
 * was true at one moment of the call, and nothing has been written for it. Anything else is decided again under the lock of the
 * segment, which is held for some tens of nanoseconds.
 *
 * <p>The clock is read before the lock is taken, so that nobody waits for it. A thread that is held up in between would date its
 * permits to a time that others have left behind. Therefore the clock is read again under the lock when the key is new, or when its
 * newest permit is later than the time that was read: then, and only then, somebody may have come in between.
 */
final class MemorySpace implements LimitSpace {
    private static final int READS_WITHOUT_LOCK = 4;

    private final LimitRules rules;
    private final KeyTable table;
    private final ElapsedClock clock;
    private final Population population;
    private final Reclaimer reclaimer;
    private final Overflow overflow;
    private final SipHash.Wide shared;
    private final LongAdder overflowed = new LongAdder();

    MemorySpace(LimitRules rules, KeyTable table, ElapsedClock clock, Population population, Overflow overflow) {
        this.rules = rules;
        this.table = table;
        this.clock = clock;
        this.population = population;
        this.reclaimer = new Reclaimer(table, rules, population);
        this.overflow = overflow;
        this.shared = table.hashing().secret();
        population.add(reclaimer);
    }

    Terms terms() {
        return rules.terms();
    }

    /** Returns how often a new key met a store full of live ones. */
    long overflowed() {
        return overflowed.sum();
    }

    long bytes() {
        return table.bytes();
    }

    @Override
    public Decision tryAcquire(String key, int permits) {
        SipHash.Wide identity = table.hashing().identity(key);
        return tryAcquire(identity.high(), identity.low(), permits);
    }

    @Override
    public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
        long nanos = clock.nanos();
        int hash = table.hashing().place(keyHigh, keyLow);
        return readRefusal(hash, keyHigh, keyLow, nanos, permits)
                .orElseGet(() -> decide(hash, keyHigh, keyLow, nanos, permits));
    }

    @Override
    public List<Limit> limits() {
        return rules.limits();
    }

    @Override
    public Decision peek(Key key, int permits) {
        SipHash.Wide identity = identity(key);
        return peek(identity.high(), identity.low(), permits);
    }

    private Decision peek(long keyHigh, long keyLow, int permits) {
        int hash = table.hashing().place(keyHigh, keyLow);
        Segment segment = table.lock(hash);
        try {
            int reference = segment.find(hash, keyHigh, keyLow);
            return reference == Segment.ABSENT
                    ? rules.answerForNew(permits)
                    : rules.answer(segment.page(reference), Segment.offset(reference), clock.nanos(), permits);
        } finally {
            segment.unlock();
        }
    }

    @Override
    public void reset(Key key) {
        SipHash.Wide identity = identity(key);
        reset(identity.high(), identity.low());
    }

    private SipHash.Wide identity(Key key) {
        if (key instanceof Key.Bits bits) {
            return new SipHash.Wide(bits.high(), bits.low());
        }
        return table.hashing().identity(((Key.Text) key).text());
    }

    private void reset(long keyHigh, long keyLow) {
        int hash = table.hashing().place(keyHigh, keyLow);
        Segment segment = table.lock(hash);
        try {
            int reference = segment.find(hash, keyHigh, keyLow);
            if (reference != Segment.ABSENT) {
                forget(segment, hash, reference);
            }
        } finally {
            segment.unlock();
        }
    }

    void requireRefundable() {
        if (!rules.algorithm().isRefundable()) {
            throw new UnsupportedOperationException("algorithm " + rules.terms().algorithm()
                    + " cannot take back the very permits it gave; " + Algorithm.SLIDING_WINDOW + " can");
        }
    }

    boolean refund(long keyHigh, long keyLow, long stamp, int permits) {
        int hash = table.hashing().place(keyHigh, keyLow);
        Segment segment = table.lock(hash);
        boolean given;
        try {
            int reference = segment.find(hash, keyHigh, keyLow);
            given = reference != Segment.ABSENT && giveBack(segment, hash, reference, stamp, permits);
        } finally {
            segment.unlock();
        }
        if (given) {
            reclaimer.touchedEarlier(segment.earliest());
        }
        return given;
    }

    private boolean giveBack(Segment segment, int hash, int reference, long stamp, int permits) {
        int[] page = segment.page(reference);
        int at = Segment.offset(reference);
        if (!rules.algorithm().giveBack(page, at, clock.nanos(), stamp, permits)) {
            return false;
        }
        if (rules.algorithm().isBlank(page, at)) {
            forget(segment, hash, reference);
        } else {
            segment.touchedEarlier(reference);
        }
        return true;
    }

    private void forget(Segment segment, int hash, int reference) {
        segment.remove(hash, reference);
        population.release(1, rules.mostBytesPerKey());
    }

    private Optional<Decision> readRefusal(int hash, long keyHigh, long keyLow, long nanos, int permits) {
        for (int reads = 0; reads < READS_WITHOUT_LOCK && rules.isPossible(permits); reads++) {
            Segment segment = table.segment(hash);
            long reading = segment.beginReading();
            int reference = segment.find(hash, keyHigh, keyLow);
            if (reference == Segment.ABSENT) {
                return Optional.empty();
            }
            int[] page = segment.page(reference);
            int at = Segment.offset(reference);
            if (!Page.holds(page, at, keyHigh, keyLow)) {
                continue; // the record has moved since it was found; of another page not even the size may be trusted
            }
            long wait = rules.waitTicks(page, at, nanos, permits);
            if (wait == 0 || rules.isAfter(Page.last(page, at), nanos)) {
                return Optional.empty();
            }
            Decision refused = rules.refused(page, at, nanos, permits, wait);
            if (segment.sawNoChange(reading)) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    private Decision decide(int hash, long keyHigh, long keyLow, long before, int permits) {
        long nanos = before;
        do {
            Segment segment = table.lockWithRoom(hash, keyHigh, keyLow);
            try {
                int reference = segment.find(hash, keyHigh, keyLow);
                if (reference != Segment.ABSENT) {
                    return decideHeld(segment, hash, reference, nanos, permits);
                }
                if (!rules.isPossible(permits)) {
                    return rules.impossible(rules.untouched(), permits);
                }
                nanos = clock.nanos();
                reclaimer.reclaim(segment, nanos);
                if (population.tryTakePlace(rules.mostBytesPerKey())) {
                    return begin(segment, hash, keyHigh, keyLow, nanos, permits);
                }
            } finally {
                segment.unlock();
            }
        } while (population.makeRoom(nanos));
        overflowed.increment();
        return overflow == Overflow.REFUSE_NEW ? refuseNew(nanos) : decideShared(nanos, permits);
    }

    private Decision decideHeld(Segment segment, int hash, int reference, long before, int permits) {
        int[] page = segment.page(reference);
        int at = Segment.offset(reference);
        long nanos = rules.isAfter(Page.last(page, at), before) ? clock.nanos() : before;
        if (!rules.isPossible(permits)) {
            return rules.impossible(rules.usages(page, at, nanos), permits);
        }
        long wait = rules.waitTicks(page, at, nanos, permits);
        if (wait > 0) {
            return rules.refused(page, at, nanos, permits, wait);
        }
        return take(segment, hash, reference, nanos, permits);
    }

    private Decision take(Segment segment, int hash, int reference, long nanos, int permits) {
        int[] page = segment.page(reference);
        int words = rules.algorithm().wordsToTake(page, Segment.offset(reference), nanos, permits);
        int place = words == Page.recordWords(page) ? reference : segment.move(hash, reference, words);
        rules.algorithm().take(segment.page(place), Segment.offset(place), nanos, permits);
        return allowed(segment.page(place), Segment.offset(place), nanos, permits);
    }

    private Decision begin(Segment segment, int hash, long keyHigh, long keyLow, long read, int permits) {
        long nanos = reclaimer.notBeforeForgetting(read);
        int place =
                segment.insert(hash, keyHigh, keyLow, rules.algorithm().newRecordWords(permits), rules.ceiling(nanos));
        rules.algorithm().start(segment.page(place), Segment.offset(place), nanos, permits);
        return allowed(segment.page(place), Segment.offset(place), read, permits);
    }

    private Decision allowed(int[] page, int at, long nanos, int permits) {
        Receipt receipt =
                new MemoryReceipt(this, Page.keyHigh(page, at), Page.keyLow(page, at), Page.last(page, at), permits);
        return new Decision.Allowed(rules.usages(page, at, nanos), receipt);
    }

    private Decision refuseNew(long nanos) {
        return new Decision.Refused(
                rules.untouched(), population.nanosUntilRoom(nanos), rules.limits(), Decision.Cause.STORE_FULL);
    }

    private Decision decideShared(long nanos, int permits) {
        int hash = table.hashing().place(shared.high(), shared.low());
        return readRefusal(hash, shared.high(), shared.low(), nanos, permits)
                .orElseGet(() -> decideShared(hash, nanos, permits));
    }

    private Decision decideShared(int hash, long before, int permits) {
        Segment segment = table.lockWithRoom(hash, shared.high(), shared.low());
        try {
            int reference = segment.find(hash, shared.high(), shared.low());
            if (reference != Segment.ABSENT) {
                return decideHeld(segment, hash, reference, before, permits);
            }
            population.takePlaceAnyway(rules.mostBytesPerKey());
            return begin(segment, hash, shared.high(), shared.low(), clock.nanos(), permits);
        } finally {
            segment.unlock();
        }
    }
}
