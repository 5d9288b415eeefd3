package dev.headway.jobs;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobsException;

/** Says that a job could not be written down, a full disk being the usual reason; nothing of it was kept. */
public final class JobNotStored extends JobsException {
    private static final long serialVersionUID = 1L;

    JobNotStored(JobId id, String reason, Throwable cause) {
        super("Job " + id + " could not be stored: " + reason, cause);
    }
}
