package dev.headway.server.api.jobs;

import dev.headway.jobs.Dataset;
import dev.headway.jobs.JobEngine;
import dev.headway.jobs.JobRequest;
import dev.headway.jobs.Submission;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.server.api.submission.BuiltInTrainer;
import dev.headway.server.api.submission.CheckedConfig;
import dev.headway.server.api.submission.ConfigRules;
import dev.headway.server.api.submission.DatasetChoice;
import dev.headway.server.api.wire.Excerpt;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes new jobs in (contract B1.2); safe for all threads. */
public final class SubmissionResource {
    private static final Logger LOG = LoggerFactory.getLogger(SubmissionResource.class);

    private static final int MAX_WARNING = 300;

    private final JobEngine engine;
    private final DatasetChoice datasets;
    private final Optional<BuiltInTrainer> builtInTrainer;

    /**
     * Takes jobs in for an engine.
     *
     * @param engine stores and runs them
     * @param dataRoots where data sets may lie
     * @param builtInTrainer what the built-in trainer asks of a job; absent where another one runs them
     */
    public SubmissionResource(JobEngine engine, AllowedRoots dataRoots, Optional<BuiltInTrainer> builtInTrainer) {
        this.engine = engine;
        this.datasets = new DatasetChoice(dataRoots);
        this.builtInTrainer = builtInTrainer;
    }

    /**
     * Stores a job and says where in the queue it stands.
     *
     * @throws HttpProblem with 422, 400, 409, 500 or 503 and what is wrong
     */
    public Response execute(Request request) {
        ExecuteRequest wanted = ExecuteRequest.read(request);
        CheckedConfig checked = ConfigRules.check(wanted.config());
        builtInTrainer.ifPresent(trainer -> trainer.require(checked));
        builtInTrainer.ifPresent(trainer -> trainer.requireCheckpoint(wanted.config()));
        Optional<JobId> id = EngineProblems.translating(wanted::id);
        Dataset dataset = datasets.choose(wanted.datasetContent(), wanted.datasetPath());
        JobRequest job = new JobRequest(id, wanted.userId(), wanted.name(), JsonText.of(wanted.config()), dataset);
        Submission submission = EngineProblems.translating(() -> engine.submit(job));
        logWarnings(submission, checked);
        return Response.json(200, ExecuteAnswer.of(submission));
    }

    private static void logWarnings(Submission submission, CheckedConfig checked) {
        checked.warnings()
                .forEach(warning ->
                        LOG.info("job {}: odd config: {}", submission.job().id(), Excerpt.of(warning, MAX_WARNING)));
    }

    /** The answer to a submission. */
    record ExecuteAnswer(String jobId, String status, String message) {
        static ExecuteAnswer of(Submission submission) {
            String id = submission.job().id().text();
            String status = submission.job().state().wireName();
            return new ExecuteAnswer(id, status, message(submission, id, status));
        }

        /** A job that was known already may leave the queue while its place is looked up. */
        private static int position(Submission submission) {
            return Math.max(1, submission.position());
        }

        private static String message(Submission submission, String id, String status) {
            if (submission.job().state() == JobState.QUEUED) {
                return "Training job " + id + " queued successfully (position: " + position(submission) + ")";
            }
            return "Training job " + id + " was already submitted (status: " + status + ")";
        }
    }
}
