package dev.headway.jobs;

/**
 * How many jobs wait, run and are tried again. Immutable.
 *
 * @param maxConcurrent how many jobs run at once, from 1 (TRAINING_MAX_CONCURRENT_JOBS)
 * @param maxQueued how many jobs may wait, from 1 (TRAINING_MAX_QUEUED_JOBS)
 * @param maxRestarts how often a job whose trainer is gone is queued again, from 0 (TRAINING_MAX_RESTARTS)
 */
public record QueueRules(int maxConcurrent, int maxQueued, int maxRestarts) {
    /** One at a time, a thousand in the queue, one restart. */
    public static final QueueRules DEFAULT = new QueueRules(1, 1000, 1);

    /** Accepts sensible numbers only. */
    public QueueRules {
        requireAtLeast("TRAINING_MAX_CONCURRENT_JOBS", maxConcurrent, 1);
        requireAtLeast("TRAINING_MAX_QUEUED_JOBS", maxQueued, 1);
        requireAtLeast("TRAINING_MAX_RESTARTS", maxRestarts, 0);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
        }
    }
}
