package dev.headway.server.api.jobs;

import dev.headway.jobs.JobEngine;
import dev.headway.jobs.Outcome;
import dev.headway.jobs.ReconnectReport;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobsException;
import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.jobs.workspace.PathRefused;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops jobs and sets them going again (contract B1.4 to B1.8); safe for all threads.
 *
 * <p>Cancel and pause answer when the processes of the job have ended, which may take half a minute, and hold no thread
 * meanwhile. What is said to the client is in {@link LifecycleAnswers}.
 */
public final class LifecycleResource {
    private static final Logger LOG = LoggerFactory.getLogger(LifecycleResource.class);

    private final JobEngine engine;
    private final AllowedRoots checkpointRoots;

    /**
     * Moves the jobs of an engine.
     *
     * @param engine runs them
     * @param checkpointRoots where checkpoints may lie that clients name by their path
     */
    public LifecycleResource(JobEngine engine, AllowedRoots checkpointRoots) {
        this.engine = engine;
        this.checkpointRoots = checkpointRoots;
    }

    /** Stops a job for good. */
    public CompletionStage<Response> cancel(Request request) {
        return stopped(request, engine::cancel, outcome -> LifecycleAnswers.cancelled(JobIds.text(request), outcome));
    }

    /** Has a job write a checkpoint and stop. */
    public CompletionStage<Response> pause(Request request) {
        return stopped(request, engine::pause, outcome -> LifecycleAnswers.paused(JobIds.text(request), outcome));
    }

    /** Queues a paused job, to go on from a checkpoint. */
    public Response resume(Request request) {
        String id = JobIds.text(request);
        Optional<String> checkpoint = request.queryParameter("checkpoint_path").filter(path -> !path.isEmpty());
        return answering(
                id,
                () -> LifecycleAnswers.resumed(
                        id,
                        JobIds.find(request).map(job -> resume(job, checkpoint)).orElseGet(Outcome.NoSuchJob::new),
                        checkpoint));
    }

    /** Puts a job at the head of the queue. */
    public Response start(Request request) {
        String id = JobIds.text(request);
        return answering(
                id,
                () -> LifecycleAnswers.forceStarted(
                        id, JobIds.find(request).map(engine::forceStart).orElseGet(Outcome.NoSuchJob::new)));
    }

    /** Looks again at everything that should run. */
    public Response reconnect(Request request) {
        try {
            return Response.json(200, ReconnectAnswer.of(engine.reconnect()));
        } catch (RuntimeException failed) {
            LOG.error("reconnect failed", failed);
            return Response.json(500, new Failure(false, "Reconnect failed: " + failed.getMessage()));
        }
    }

    private Outcome resume(JobId id, Optional<String> checkpoint) {
        return engine.resume(id, checkpoint.map(this::allowed));
    }

    /** A name of a checkpoint goes to the engine as it is; a path must lead into a root. */
    private String allowed(String checkpoint) {
        return checkpoint.contains("/") ? checkpointRoots.require(checkpoint).toString() : checkpoint;
    }

    private static CompletionStage<Response> stopped(
            Request request, Function<JobId, CompletionStage<Outcome>> order, Function<Outcome, Response> answer) {
        CompletionStage<Outcome> outcome;
        try {
            outcome = JobIds.find(request)
                    .map(order)
                    .orElseGet(() -> CompletableFuture.completedStage(new Outcome.NoSuchJob()));
        } catch (RuntimeException refused) {
            outcome = CompletableFuture.failedStage(refused);
        }
        return outcome.thenApply(answer).exceptionally(failure -> failed(JobIds.text(request), cause(failure)));
    }

    private static Response answering(String id, Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (RuntimeException refused) {
            return failed(id, refused);
        }
    }

    private static Response failed(String id, Throwable failure) {
        if (failure instanceof PathRefused path && path.reason() == PathRefused.Reason.OUTSIDE) {
            return LifecycleAnswers.refused(403, id, "Access denied: Path outside allowed directories");
        }
        if (failure instanceof JobsException refused && EngineProblems.status(refused) != 500) {
            return LifecycleAnswers.refused(EngineProblems.status(refused), id, EngineProblems.text(refused));
        }
        LOG.error("job {}: an operation failed", id, failure);
        return LifecycleAnswers.refused(500, id, "Internal error: " + failure.getMessage());
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** What a reconnect has found. */
    record ReconnectAnswer(
            boolean success,
            String message,
            int jobsBefore,
            int jobsAfter,
            int runningBefore,
            int runningAfter,
            int reconnected) {
        static ReconnectAnswer of(ReconnectReport report) {
            return new ReconnectAnswer(
                    true,
                    "Reconnect scan complete",
                    report.jobsBefore(),
                    report.jobsAfter(),
                    report.runningBefore(),
                    report.runningAfter(),
                    report.reconnected());
        }
    }

    /** An operation on no particular job that did not succeed. */
    record Failure(boolean success, String message) {}
}
