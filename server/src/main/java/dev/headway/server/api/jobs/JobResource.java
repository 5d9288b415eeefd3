package dev.headway.server.api.jobs;

import dev.headway.jobs.JobEngine;
import dev.headway.jobs.LogPage;
import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobsException;
import dev.headway.server.api.errors.ErrorReport;
import dev.headway.server.api.schema.QueryFields;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows jobs: status, metrics, log, checkpoints and the queue (contract B1.9 to B1.14); safe for all threads. */
public final class JobResource {
    private static final long DEFAULT_LOG_LINES = 100;

    private final JobEngine engine;
    private final ZoneId fileTimeZone;

    /**
     * Shows the jobs of an engine.
     *
     * @param engine runs them
     * @param fileTimeZone the zone in which times of files are written
     */
    public JobResource(JobEngine engine, ZoneId fileTimeZone) {
        this.engine = engine;
        this.fileTimeZone = fileTimeZone;
    }

    /** Shows everything about one job. */
    public Response status(Request request) {
        return Response.json(200, JobStatus.of(require(request)));
    }

    /** Shows what the trainer has measured, step by step. */
    public Response metrics(Request request) {
        JobId id = require(request).id();
        return Response.json(200, JobAnswers.metrics(id, reading("Failed to read metrics", () -> engine.metrics(id))));
    }

    /** Shows lines of the trainer's output, also of a job that is not known any more. */
    public Response logs(Request request) {
        QueryFields query = QueryFields.of(request);
        long limit = query.integer("limit", DEFAULT_LOG_LINES);
        long offset = query.integer("offset", 0);
        query.check();
        Optional<Object> page = JobIds.find(request)
                .flatMap(id -> reading("Failed to read logs", () -> engine.log(id, offset, nearestInt(limit))))
                .map(found -> JobAnswers.log(JobIds.text(request), found));
        return Response.json(200, page.orElseGet(() -> JobAnswers.noLog(JobIds.text(request))));
    }

    /** Shows the checkpoints on the disk, also of a job that is not known any more. */
    public Response checkpoints(Request request) {
        Optional<Object> list = JobIds.find(request)
                .flatMap(id -> reading("Failed to list checkpoints", () -> engine.checkpoints(id)))
                .map(found -> JobAnswers.checkpoints(JobIds.text(request), found, fileTimeZone));
        return Response.json(200, list.orElseGet(() -> JobAnswers.noCheckpoints(JobIds.text(request))));
    }

    /** Shows what went wrong, as far as the end of the trainer's output tells. */
    public Response errors(Request request) {
        Optional<JobId> id = JobIds.find(request);
        List<String> lines = id.flatMap(
                        known -> reading("Failed to read logs", () -> engine.log(known, -1, ErrorReport.MAX_LINES)))
                .map(LogPage::lines)
                .orElse(List.of());
        Optional<String> summary = id.flatMap(known -> EngineProblems.translating(() -> engine.find(known)))
                .flatMap(Job::errorMessage);
        return Response.json(200, ErrorReport.of(JobIds.text(request), summary, lines));
    }

    /** Shows which jobs run and which wait. */
    public Response queue(Request request) {
        return Response.json(200, QueueAnswer.of(EngineProblems.translating(engine::queue)));
    }

    private Job require(Request request) {
        return JobIds.find(request)
                .flatMap(id -> EngineProblems.translating(() -> engine.find(id)))
                .orElseThrow(() -> HttpProblem.detail(404, "Job " + JobIds.text(request) + " not found"));
    }

    /** Reads what lies on the disk or in the store, and says in the words of the route when that fails. */
    private static <T> T reading(String failure, Supplier<T> call) {
        try {
            return call.get();
        } catch (JobsException unreadable) {
            throw HttpProblem.detail(500, failure + ": " + unreadable.getMessage());
        }
    }

    private static int nearestInt(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
