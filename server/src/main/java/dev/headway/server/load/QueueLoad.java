package dev.headway.server.load;

import dev.headway.jobs.JobCounts;
import dev.headway.jobs.job.JobsException;
import java.util.function.Supplier;

/** The load as the queue tells it: how many jobs wait; asked by one thread. */
final class QueueLoad implements LoadSource {
    private final Supplier<JobCounts> jobs;

    QueueLoad(Supplier<JobCounts> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Reading look() {
        try {
            return new Reading.Level(jobs.get().queued());
        } catch (JobsException unknown) {
            return new Reading.Unknown("the jobs cannot be counted: " + unknown.getMessage());
        }
    }
}
