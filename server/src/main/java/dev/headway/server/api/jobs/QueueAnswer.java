package dev.headway.server.api.jobs;

import dev.headway.jobs.QueueView;
import dev.headway.jobs.job.Job;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The queue as clients see it; an immutable value.
 *
 * @param runningCount how many jobs run
 * @param queuedCount how many wait
 * @param runningJobs those that run
 * @param queuedJobs those that wait, next first
 * @param queueActive whether jobs are taken from the queue
 */
record QueueAnswer(
        int runningCount, int queuedCount, List<Running> runningJobs, List<Queued> queuedJobs, boolean queueActive) {
    static QueueAnswer of(QueueView queue) {
        List<Running> running = queue.running().stream().map(Running::of).toList();
        List<Queued> queued = IntStream.range(0, queue.queued().size())
                .mapToObj(index -> Queued.of(queue.queued().get(index), index + 1))
                .toList();
        return new QueueAnswer(running.size(), queued.size(), running, queued, queue.active());
    }

    /** A job that runs, and how far it is. */
    record Running(String jobId, String name, JsonNode progress, JsonNode currentEpoch, JsonNode totalEpochs) {
        static Running of(Job job) {
            ProgressFields progress = ProgressFields.of(job);
            return new Running(
                    job.id().text(),
                    job.name(),
                    progress.percent(),
                    progress.count("current_epoch"),
                    progress.count("total_epochs"));
        }
    }

    /** A job that waits, and how many come before it. */
    record Queued(String jobId, String name, int position, String status) {
        static Queued of(Job job, int position) {
            return new Queued(job.id().text(), job.name(), position, job.state().wireName());
        }
    }
}
