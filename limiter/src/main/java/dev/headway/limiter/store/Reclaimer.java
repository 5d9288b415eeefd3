package dev.headway.limiter.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds keys of one space that do not matter any more, when the store is full. Safe to share between threads.
 *
 * <p>It goes round the segments with a hand, as a clock does, and stops at the first that had something to give. Every page, every
 * segment and the whole space know a tick before which none of their keys was last touched; a round looks only into what can have
 * a dead key by that, and a round that has found nothing is not made again before the first key can have died. So being full costs
 * one comparison per new key, and a search that finds nothing is paid for by an admission that has let a key live on.
 *
 * <p>The time of the last forgetting is remembered. Should the clock run backwards, new keys are dated to that time, so that what was
 * forgotten, and would count again by the clock, is at least as old as it had to be.
 */
final class Reclaimer {
    private static final long ALL_HASHES = 1L << Integer.SIZE;

    private final KeyTable table;
    private final LimitRules rules;
    private final Population population;
    private final ReentrantLock round = new ReentrantLock();
    private int hand;
    private volatile long earliest = Long.MIN_VALUE;
    private final AtomicLong forgottenAt = new AtomicLong(Long.MIN_VALUE);

    Reclaimer(KeyTable table, LimitRules rules, Population population) {
        this.table = table;
        this.rules = rules;
        this.population = population;
    }

    /** Frees some keys that do not matter any more; returns whether there were any. */
    boolean reclaim(long nanos) {
        long floor = rules.floor(nanos);
        if (nothingDiedBy(floor)) {
            return false;
        }
        round.lock();
        try {
            return !nothingDiedBy(floor) && goRound(nanos);
        } finally {
            round.unlock();
        }
    }

    /** Returns the nanoseconds until the first key can cease to matter, at least 1. */
    long nanosUntilNextDeath(long nanos) {
        return Math.max(1, rules.nanosUntilForgotten(earliest, nanos));
    }

    /** Returns the time, or the latest at which a key was forgotten if that is later: the clock then ran backwards since. */
    long notBeforeForgetting(long nanos) {
        return Math.max(nanos, forgottenAt.get());
    }

    /** Frees dead keys of a segment whose lock is held, if it can have any. */
    void reclaim(Segment segment, long nanos) {
        long floor = rules.floor(nanos);
        if (mayHaveDead(segment, floor)) {
            forgetIn(segment, nanos);
        }
    }

    /** Takes note that a key was last touched at a tick that may be earlier than all that was known. */
    void touchedEarlier(long tick) {
        round.lock();
        try {
            earliest = Math.min(earliest, tick);
        } finally {
            round.unlock();
        }
    }

    private boolean nothingDiedBy(long floor) {
        return earliest > floor - rules.lifetime();
    }

    private boolean goRound(long nanos) {
        long floor = rules.floor(nanos);
        long earliestSeen = floor;
        long covered = 0;
        while (covered < ALL_HASHES) {
            Segment segment = table.segment(hand);
            if (mayHaveDead(segment, floor) && freeAtHand(nanos)) {
                return true;
            }
            earliestSeen = Math.min(earliestSeen, segment.earliest());
            covered += ALL_HASHES >>> segment.sharedBits();
            hand = KeyTable.hashAfter(segment, hand);
        }
        earliest = earliestSeen;
        return false;
    }

    private boolean freeAtHand(long nanos) {
        Segment segment = table.lock(hand);
        try {
            return forgetIn(segment, nanos);
        } finally {
            segment.unlock();
        }
    }

    private boolean forgetIn(Segment segment, long nanos) {
        int freed = segment.reclaim(table.hashing(), rules.floor(nanos), rules.lifetime());
        if (freed > 0) {
            forgottenAt.accumulateAndGet(nanos, Math::max);
            population.release(freed, rules.mostBytesPerKey());
        }
        return freed > 0;
    }

    private boolean mayHaveDead(Segment segment, long floor) {
        return segment.earliest() <= floor - rules.lifetime();
    }
}
