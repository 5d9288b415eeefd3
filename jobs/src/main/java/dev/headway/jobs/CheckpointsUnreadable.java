package dev.headway.jobs;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobsException;

/** Says that a job's output directory could not be read. */
public final class CheckpointsUnreadable extends JobsException {
    private static final long serialVersionUID = 1L;

    CheckpointsUnreadable(JobId id, Throwable cause) {
        super("the checkpoints of job " + id + " cannot be read: " + cause, cause);
    }
}
