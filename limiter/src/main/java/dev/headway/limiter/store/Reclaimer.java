package dev.headway.limiter.store;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds keys of one space that do not matter any more, when the store is full. Safe to share between threads.
 *
 * <p>It goes round the segments with a hand, as a clock does, and stops at the first that had something to give. Every page, every
 * segment and the whole space know a tick before which none of their keys was last touched; a round looks only into what can have
 * a dead key by that, and a round that has found nothing is not made again before the first key can have died. So being full costs
 * one comparison per new key, and a search that finds nothing is paid for by an admission that has let a key live on.
 */
final class Reclaimer {
    private static final long ALL_HASHES = 1L << Integer.SIZE;

    private final KeyTable table;
    private final LimitRules rules;
    private final Population population;
    private final ReentrantLock round = new ReentrantLock();
    private int hand;
    private volatile long earliest = Long.MIN_VALUE;

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
            return !nothingDiedBy(floor) && goRound(floor);
        } finally {
            round.unlock();
        }
    }

    /** Returns the nanoseconds until the first key can cease to matter, at least 1. */
    long nanosUntilNextDeath(long nanos) {
        return Math.max(1, rules.nanosUntilForgotten(earliest, nanos));
    }

    /** Frees dead keys of a segment whose lock is held, if it can have any. */
    void reclaim(Segment segment, long nanos) {
        long floor = rules.floor(nanos);
        if (mayHaveDead(segment, floor)) {
            population.release(segment.reclaim(table.hashing(), floor, rules.lifetime()));
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

    private boolean goRound(long floor) {
        long earliestSeen = floor;
        long covered = 0;
        while (covered < ALL_HASHES) {
            Segment segment = table.segment(hand);
            if (mayHaveDead(segment, floor) && freeAtHand(floor)) {
                return true;
            }
            earliestSeen = Math.min(earliestSeen, segment.earliest());
            covered += ALL_HASHES >>> segment.sharedBits();
            hand = KeyTable.hashAfter(segment, hand);
        }
        earliest = earliestSeen;
        return false;
    }

    private boolean freeAtHand(long floor) {
        Segment segment = table.lock(hand);
        try {
            int freed = segment.reclaim(table.hashing(), floor, rules.lifetime());
            population.release(freed);
            return freed > 0;
        } finally {
            segment.unlock();
        }
    }

    private boolean mayHaveDead(Segment segment, long floor) {
        return segment.earliest() <= floor - rules.lifetime();
    }
}
