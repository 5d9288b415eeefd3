package dev.headway.jobs;

import dev.headway.jobs.job.Job;

/** The answer to a request for a job. Immutable. */
public sealed interface Submission {
    /** {@return the job as it stands} */
    Job job();

    /** {@return its place in the queue, from 1; 0 if it is not queued} */
    int position();

    /**
     * The job is new, and it is stored for good.
     *
     * @param job the job
     * @param position its place in the queue, from 1
     */
    record Accepted(Job job, int position) implements Submission {}

    /**
     * The same request has been accepted before; nothing was queued twice.
     *
     * @param job the job as it stands now
     * @param position its place in the queue, from 1; 0 if it is not queued any more
     */
    record Known(Job job, int position) implements Submission {}
}
