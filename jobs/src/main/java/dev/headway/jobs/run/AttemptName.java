package dev.headway.jobs.run;

import dev.headway.jobs.job.JobId;

/**
 * The identity of one start of a job's trainer; no process id or foreign id is one. Immutable.
 *
 * @param job the job
 * @param number which of its attempts, from 1; also the fencing number, as a later attempt has a greater one
 */
public record AttemptName(JobId job, int number) {
    @Override
    public String toString() {
        return "hw-" + job + "-" + number;
    }
}
