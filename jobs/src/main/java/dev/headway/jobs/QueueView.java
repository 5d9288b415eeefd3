package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import java.util.List;

/**
 * The jobs that occupy a slot and those that wait for one. Immutable.
 *
 * @param running the jobs with an attempt, longest first
 * @param queued the jobs without one; the place in this list, from 1, is the position in the queue
 * @param active whether the engine takes jobs from the queue
 */
public record QueueView(List<Job> running, List<Job> queued, boolean active) {
    /** Keeps the lists as they are now. */
    public QueueView {
        running = List.copyOf(running);
        queued = List.copyOf(queued);
    }
}
