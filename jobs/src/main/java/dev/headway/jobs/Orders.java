package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.Progress;
import dev.headway.jobs.store.JobStore;
import dev.headway.jobs.store.Place;
import dev.headway.jobs.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What users may do to a job. For any number of threads.
 *
 * <p>Each order is one commit. An order to stop only writes the intention down; the {@link Conductor} sends the signals,
 * as it would after a crash. A commit that somebody else has overtaken is decided anew.
 */
final class Orders {
    private final JobStore store;
    private final Workspace workspace;
    private final Patience patience;
    private final Waiters waiters;
    private final Supplier<Instant> now;

    Orders(JobStore store, Workspace workspace, Patience patience, Waiters waiters, Supplier<Instant> now) {
        this.store = store;
        this.workspace = workspace;
        this.patience = patience;
        this.waiters = waiters;
        this.now = now;
    }

    CompletionStage<Outcome> cancel(JobId id) {
        return decided(id, job -> switch (job.state()) {
            case QUEUED, PAUSED -> cancelAtRest(job).map(Orders::answered);
            case STARTING, RUNNING, PAUSING -> stop(job, JobState.CANCELLING, JobState.CANCELLED, patience.cancel());
            case CANCELLING -> join(job, JobState.CANCELLED);
            case COMPLETED, FAILED, CANCELLED -> Optional.of(answered(new Outcome.NotAllowed(job)));
        });
    }

    CompletionStage<Outcome> pause(JobId id) {
        return decided(id, job -> switch (job.state()) {
            case STARTING, RUNNING -> stop(job, JobState.PAUSING, JobState.PAUSED, patience.pause());
            case PAUSING -> join(job, JobState.PAUSED);
            case QUEUED, CANCELLING, PAUSED, COMPLETED, FAILED, CANCELLED ->
                Optional.of(answered(new Outcome.NotAllowed(job)));
        });
    }

    Outcome resume(JobId id, Optional<String> checkpoint) {
        return now(decided(
                id,
                job -> job.state() == JobState.PAUSED
                        ? resume(job, checkpoint).map(Orders::answered)
                        : Optional.of(answered(new Outcome.NotAllowed(job)))));
    }

    Outcome forceStart(JobId id) {
        return now(decided(id, job -> switch (job.state()) {
            case QUEUED -> toTheHead(job).map(Orders::answered);
            case FAILED, CANCELLED -> startOver(job).map(Orders::answered);
            case STARTING -> Optional.of(answered(new Outcome.Done(job.state(), job, 0)));
            case RUNNING, PAUSING, CANCELLING, PAUSED, COMPLETED -> Optional.of(answered(new Outcome.NotAllowed(job)));
        }));
    }

    /** Decides on a job as it stands; empty if the decision came too late. */
    private interface Decision {
        Optional<CompletionStage<Outcome>> on(Job job);
    }

    private CompletionStage<Outcome> decided(JobId id, Decision decision) {
        while (true) {
            Optional<Job> job = store.find(id);
            if (job.isEmpty()) {
                return answered(new Outcome.NoSuchJob());
            }
            Optional<CompletionStage<Outcome>> outcome = decision.on(job.get());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    private Optional<Outcome> cancelAtRest(Job job) {
        Job cancelled = job.change()
                .become(JobState.CANCELLED)
                .completedAt(now.get())
                .errorMessage(Messages.CANCELLED)
                .build();
        return store.update(cancelled).map(stored -> new Outcome.Done(job.state(), stored, 0));
    }

    private Optional<CompletionStage<Outcome>> stop(Job job, JobState next, JobState wanted, Duration grace) {
        Job stopping = job.change()
                .become(next)
                .stopDeadline(now.get().plus(grace))
                .withoutErrorMessage()
                .build();
        // Waiting begins before the commit: the end may come right after it.
        Waiters.Waiter waiter = waiters.add(job.id(), job.state(), wanted);
        return store.update(stopping).map(stored -> waiter.outcome());
    }

    /** The end may have come between reading the job and waiting for it, so it is read once more. */
    private Optional<CompletionStage<Outcome>> join(Job job, JobState wanted) {
        Waiters.Waiter waiter = waiters.add(job.id(), job.state(), wanted);
        store.find(job.id()).ifPresent(waiters::settle);
        return Optional.of(waiter.outcome());
    }

    private Optional<Outcome> resume(Job job, Optional<String> checkpoint) {
        Path output = workspace.output(job.id());
        if (!Files.isDirectory(output)) {
            return Optional.of(new Outcome.NoOutputDirectory(job));
        }
        Optional<String> from = checkpoint.isPresent()
                ? existing(job.id(), checkpoint.get())
                : CheckpointDirectory.of(workspace, job.id()).lastPath();
        return from.isEmpty() ? Optional.of(new Outcome.NoCheckpoint(job)) : resumeFrom(job, from.get());
    }

    private Optional<String> existing(JobId id, String checkpoint) {
        Path path = isAbsolute(checkpoint) ? Path.of(checkpoint) : workspace.checkpoint(id, checkpoint);
        return Files.isDirectory(path) ? Optional.of(path.toString()) : Optional.empty();
    }

    private static boolean isAbsolute(String path) {
        try {
            return Path.of(path).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Optional<Outcome> resumeFrom(Job job, String checkpoint) {
        Job queued = job.change()
                .become(JobState.QUEUED)
                .resumeFrom(checkpoint)
                .restarts(0)
                .startFailures(0)
                .withoutPausedAt()
                .withoutPid()
                .build();
        return store.enqueue(queued, Place.TAIL, List.of()).map(stored -> queued(job, stored));
    }

    private Optional<Outcome> toTheHead(Job job) {
        return store.enqueue(job.change().withoutNotBefore().build(), Place.HEAD, List.of())
                .map(stored -> queued(job, stored));
    }

    private Optional<Outcome> startOver(Job job) {
        Job fresh = job.change()
                .become(JobState.QUEUED)
                .progress(Progress.NONE)
                .restarts(0)
                .startFailures(0)
                .withoutNotBefore()
                .withoutCompletedAt()
                .withoutErrorMessage()
                .withoutResumeFrom()
                .withoutPid()
                .build();
        return store.startOver(fresh).map(stored -> queued(job, stored));
    }

    private Outcome queued(Job before, Job after) {
        return new Outcome.Done(before.state(), after, store.position(after.id()));
    }

    private static CompletionStage<Outcome> answered(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /** For decisions that never wait. */
    private static Outcome now(CompletionStage<Outcome> outcome) {
        return outcome.toCompletableFuture().join();
    }
}
