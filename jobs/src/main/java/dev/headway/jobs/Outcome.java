package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobState;

/** What came of a user's operation on a job. Immutable. */
public sealed interface Outcome {
    /**
     * It was done.
     *
     * @param previousState where the job stood before
     * @param job the job as it stands now
     * @param position its place in the queue, from 1; 0 if it is not queued
     */
    record Done(JobState previousState, Job job, int position) implements Outcome {}

    /**
     * The job's state does not allow it; nothing was changed.
     *
     * @param job the job as it stands
     */
    record NotAllowed(Job job) implements Outcome {}

    /** There is no such job. */
    record NoSuchJob() implements Outcome {}

    /**
     * There is nothing to resume from, as the job has made no output directory.
     *
     * @param job the job as it stands
     */
    record NoOutputDirectory(Job job) implements Outcome {}

    /**
     * There is nothing to resume from, as there is no checkpoint, or not the one that was asked for.
     *
     * @param job the job as it stands
     */
    record NoCheckpoint(Job job) implements Outcome {}
}
