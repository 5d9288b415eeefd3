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
    private final Population population;
    private final ReentrantLock round = new ReentrantLock();
    private int hand;
    private volatile long nextDeathNanos = Long.MIN_VALUE;
    private final AtomicLong forgottenAt = new AtomicLong(Long.MIN_VALUE);

    Reclaimer(KeyTable table, Population population) {
        this.table = table;
        this.population = population;
    }

    /** Frees some keys that do not matter any more; returns whether there were any. */
    boolean reclaim(long nanos) {
        if (nanos < nextDeathNanos) {
            return false;
        }
        round.lock();
        try {
            return nanos >= nextDeathNanos && goRound(nanos);
        } finally {
            round.unlock();
        }
    }

    /** Returns the nanoseconds until the first key can cease to matter, at least 1. */
    long nanosUntilNextDeath(long nanos) {
        long next = nextDeathNanos;
        return next <= nanos ? 1 : next - nanos;
    }

    /** Returns the time, or the latest at which a key was forgotten if that is later: the clock then ran backwards since. */
    long notBeforeForgetting(long nanos) {
        return Math.max(nanos, forgottenAt.get());
    }

    /** Frees dead keys of a segment whose lock is held, if it can have any. */
    void reclaim(Segment segment, long nanos) {
        if (nanos >= segment.nextDeathNanos()) {
            forgetIn(segment, nanos);
        }
    }

    /** Takes note that a key may cease to matter at a time that is earlier than all that was known. */
    void mayDieAt(long nanos) {
        round.lock();
        try {
            nextDeathNanos = Math.min(nextDeathNanos, nanos);
        } finally {
            round.unlock();
        }
    }

    private boolean goRound(long nanos) {
        long firstDeath = table.layout()
                .scale()
                .nanosAt(table.layout().scale().floor(nanos) + table.layout().lifetimeTicks());
        long covered = 0;
        while (covered < ALL_HASHES) {
            Segment segment = table.segment(hand);
            if (nanos >= segment.nextDeathNanos() && freeAtHand(nanos)) {
                return true;
            }
            firstDeath = Math.min(firstDeath, segment.nextDeathNanos());
            covered += ALL_HASHES >>> segment.sharedBits();
            hand = KeyTable.hashAfter(segment, hand);
        }
        nextDeathNanos = firstDeath;
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
        int freed = segment.reclaim(nanos);
        if (freed > 0) {
            forgottenAt.accumulateAndGet(nanos, Math::max);
            population.release(freed, segment.layout().mostBytesPerKey());
        }
        return freed > 0;
    }
}
