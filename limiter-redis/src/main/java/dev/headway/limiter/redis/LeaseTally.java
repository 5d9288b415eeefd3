package dev.headway.limiter.redis;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is done with permits taken ahead. Threads share it. */
final class LeaseTally {
    private final LongAdder admitted = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final LongAdder returned = new LongAdder();

    void countAdmitted() {
        admitted.increment();
    }

    void countTaken(int permits) {
        taken.add(permits);
    }

    void countReturned(int permits) {
        returned.add(permits);
    }

    LeaseStatistics statistics(long keys) {
        return new LeaseStatistics(keys, admitted.sum(), taken.sum(), returned.sum());
    }
}
