package dev.headway.jobs;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobsException;

/** Says that a job's name is taken by a job that came from another request. */
public final class JobConflict extends JobsException {
    private static final long serialVersionUID = 1L;

    JobConflict(JobId id) {
        super("Job " + id + " already exists and was submitted with a different request; choose another execution_id");
    }
}
