package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Those who wait for a job's processes to end. For any number of threads. */
final class Waiters {
    private final Map<JobId, List<Waiter>> waiting = new HashMap<>();

    /**
     * Somebody who waits.
     *
     * @param previous where the job stood when they came
     * @param wanted where they want it to end up
     * @param outcome what they are told
     */
    record Waiter(JobState previous, JobState wanted, CompletableFuture<Outcome> outcome) {
        private Outcome outcomeFor(Job job) {
            return job.state() == wanted ? new Outcome.Done(previous, job, 0) : new Outcome.NotAllowed(job);
        }
    }

    synchronized Waiter add(JobId id, JobState previous, JobState wanted) {
        Waiter waiter = new Waiter(previous, wanted, new CompletableFuture<>());
        waiting.computeIfAbsent(id, any -> new ArrayList<>()).add(waiter);
        return waiter;
    }

    /** Tells those who wait for a job what became of it, if it has no attempt any more. */
    void settle(Job job) {
        if (job.state().isActive()) {
            return;
        }
        // Outside of the lock, as whoever is told may do anything.
        take(job.id()).forEach(waiter -> waiter.outcome().complete(waiter.outcomeFor(job)));
    }

    /** Sends everybody away. */
    void close() {
        takeAll().forEach(waiter -> waiter.outcome().completeExceptionally(new EngineClosed()));
    }

    private synchronized List<Waiter> take(JobId id) {
        List<Waiter> taken = waiting.remove(id);
        return taken == null ? List.of() : taken;
    }

    private synchronized List<Waiter> takeAll() {
        List<Waiter> all = waiting.values().stream().flatMap(List::stream).toList();
        waiting.clear();
        return all;
    }
}
