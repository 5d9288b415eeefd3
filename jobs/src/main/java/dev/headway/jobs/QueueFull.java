package dev.headway.jobs;

import dev.headway.jobs.job.JobsException;

/** Says that no more jobs may be queued for now. */
public final class QueueFull extends JobsException {
    private static final long serialVersionUID = 1L;

    QueueFull(int maxQueued) {
        super("Training queue is full: " + maxQueued + " jobs are queued; try again when one has started");
    }
}
