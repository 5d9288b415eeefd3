package dev.headway.limiter.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many keys all spaces of a store hold together, and how many they may. Safe to share between threads.
 *
 * <p>Bytes are bounded by reserving for each key what it may take at most. So a key that is held can always grow, and the bound holds
 * without a look at what keys take just now.
 */
final class Population {
    private final int most;
    private final long mostBytes;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicLong reservedBytes = new AtomicLong();
    private final List<Reclaimer> reclaimers = new CopyOnWriteArrayList<>();

    Population(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    void add(Reclaimer reclaimer) {
        reclaimers.add(reclaimer);
    }

    int held() {
        return held.get();
    }

    /** Takes a place for a new key of so many bytes at most, if one is free; returns whether. */
    boolean tryTakePlace(long bytes) {
        if (reservedBytes.addAndGet(bytes) <= mostBytes && tryTakePlace()) {
            return true;
        }
        reservedBytes.addAndGet(-bytes);
        return false;
    }

    private boolean tryTakePlace() {
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
    void takePlaceAnyway(long bytes) {
        held.incrementAndGet();
        reservedBytes.addAndGet(bytes);
    }

    /** Takes note that so many keys may take so many bytes more each, or fewer. */
    void resize(int places, long moreBytes) {
        reservedBytes.addAndGet(places * moreBytes);
    }

    /** Gives places back that were taken for keys of so many bytes each. */
    void release(int places, long bytes) {
        held.addAndGet(-places);
        reservedBytes.addAndGet(-places * bytes);
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
