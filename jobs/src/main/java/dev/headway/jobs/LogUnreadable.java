package dev.headway.jobs;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobsException;

/** Says that a job's log could not be read. */
public final class LogUnreadable extends JobsException {
    private static final long serialVersionUID = 1L;

    LogUnreadable(JobId id, Throwable cause) {
        super("the log of job " + id + " cannot be read: " + cause, cause);
    }
}
