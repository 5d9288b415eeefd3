package dev.headway.benchmarks.contender;

import java.util.ArrayDeque;

/** The exact sliding window as one writes it first: a queue of boxed times under a lock. Threads may share it. */
final class NaiveLog {

    private final ArrayDeque<Long> times = new ArrayDeque<>();
    private final int permits;
    private final long windowNanos;

    NaiveLog(Quota quota) {
        this.permits = quota.permits();
        this.windowNanos = quota.window().toNanos();
    }

    synchronized boolean tryAcquire() {
        long now = System.nanoTime();
        while (!times.isEmpty() && now - times.getFirst() >= windowNanos) {
            times.removeFirst();
        }
        if (times.size() >= permits) {
            return false;
        }
        times.addLast(now);
        return true;
    }
}
