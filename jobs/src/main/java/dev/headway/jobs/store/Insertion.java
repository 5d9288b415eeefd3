package dev.headway.jobs.store;

import dev.headway.jobs.job.Job;

/** What came of storing a new job. Immutable. */
public sealed interface Insertion {
    /**
     * It is stored.
     *
     * @param job the job with its place in the queue
     */
    record Inserted(Job job) implements Insertion {}

    /**
     * Its name is taken.
     *
     * @param job the job that has it
     */
    record Exists(Job job) implements Insertion {}

    /** Too many jobs are queued. */
    record Full() implements Insertion {}
}
