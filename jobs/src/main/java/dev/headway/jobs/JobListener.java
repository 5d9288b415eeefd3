package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import java.time.Instant;

/**
 * Is told when the engine has moved a job: when an attempt begins, is seen to run, and ends. For the thread that steps.
 *
 * <p>The move is stored when the listener hears of it, and nothing that the listener does changes it. What users do to jobs
 * at rest is not told.
 */
@FunctionalInterface
public interface JobListener {
    /** The listener that takes no notice. */
    JobListener NONE = (before, after, now) -> {};

    /**
     * Takes note of a move; must not block.
     *
     * @param before the job as it was
     * @param after the job as it is, in another state
     * @param now the time of the move
     */
    void moved(Job before, Job after, Instant now);
}
