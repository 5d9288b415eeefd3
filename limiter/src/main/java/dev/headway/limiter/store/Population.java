package dev.headway.limiter.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** How many keys all spaces of a store hold together, and how many they may. Safe to share between threads. */
final class Population {
    private final int most;
    private final AtomicInteger held = new AtomicInteger();
    private final List<Reclaimer> reclaimers = new CopyOnWriteArrayList<>();

    Population(int most) {
        this.most = most;
    }

    void add(Reclaimer reclaimer) {
        reclaimers.add(reclaimer);
    }

    int held() {
        return held.get();
    }

    /** Takes a place for a new key if one is free; returns whether. */
    boolean tryTakePlace() {
        int now = held.get();
        while (now < most) {
            int seen = held.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    /** Takes a place, one too many if need be: for the one key of a space that overflowing keys share. */
    void takePlaceAnyway() {
        held.incrementAndGet();
    }

    void release(int places) {
        held.addAndGet(-places);
    }

    /** Frees places of keys that do not matter any more; returns false if every key of the store still does. */
    boolean makeRoom(long nanos) {
        for (Reclaimer reclaimer : reclaimers) {
            if (reclaimer.reclaim(nanos)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the nanoseconds until the first key may cease to matter, at least 1. */
    long nanosUntilRoom(long nanos) {
        return reclaimers.stream()
                .mapToLong(reclaimer -> reclaimer.nanosUntilNextDeath(nanos))
                .min()
                .orElse(1);
    }
}
