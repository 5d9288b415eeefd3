package dev.headway.server.api.jobs;

import dev.headway.jobs.Outcome;
import dev.headway.jobs.Outcome.Done;
import dev.headway.jobs.Outcome.NoCheckpoint;
import dev.headway.jobs.Outcome.NoOutputDirectory;
import dev.headway.jobs.Outcome.NoSuchJob;
import dev.headway.jobs.Outcome.NotAllowed;
import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobState;
import dev.headway.server.api.wire.WireTime;
import dev.headway.server.http.Response;
import java.util.List;
import java.util.Optional;

/**
 * The answers to operations on jobs, to the letter of contract B1.4 to B1.7; pure functions, safe for all threads.
 *
 * <p>All have the success shape: {@code success}, {@code job_id}, then what is particular, and a {@code message} that
 * clients show.
 */
final class LifecycleAnswers {
    private static final List<String> STARTABLE = List.of("pending", "queued", "failed", "cancelled");

    private LifecycleAnswers() {}

    static Response cancelled(String id, Outcome outcome) {
        if (outcome instanceof Done done) {
            return Response.json(200, new Stopped(true, id, before(done), cancelMessage(done.previousState())));
        }
        if (outcome instanceof NotAllowed no) {
            return Response.json(
                    400,
                    new Stopped(false, id, state(no), cancelRefusal(no.job().state())));
        }
        return refused(400, id, "Job not found in memory or database");
    }

    static Response paused(String id, Outcome outcome) {
        if (outcome instanceof Done done) {
            return pausedOrFinished(id, done);
        }
        if (outcome instanceof NotAllowed no) {
            String message = "Can only pause running or pending jobs (current status: " + stateAndOrder(no) + ")";
            return Response.json(400, new Stopped(false, id, state(no), message));
        }
        return refused(400, id, "Job not found");
    }

    static Response resumed(String id, Outcome outcome, Optional<String> checkpoint) {
        if (outcome instanceof Done done) {
            return Response.json(200, Resumed.of(id, done));
        }
        if (outcome instanceof NotAllowed no) {
            String message = "Can only resume paused jobs (current status: " + state(no) + ")";
            return Response.json(400, new Stopped(false, id, state(no), message));
        }
        return refused(400, id, resumeRefusal(outcome, checkpoint));
    }

    static Response forceStarted(String id, Outcome outcome) {
        if (outcome instanceof Done done) {
            return Response.json(200, Started.of(id, done));
        }
        if (outcome instanceof NotAllowed no) {
            return Response.json(400, new NotStarted(false, id, state(no), startRefusal(no), STARTABLE));
        }
        return refused(404, id, "Job not found");
    }

    static Response refused(int status, String id, String message) {
        return Response.json(status, new Refused(false, id, message));
    }

    private static String cancelMessage(JobState before) {
        return before == JobState.QUEUED
                ? "Job removed from queue and cancelled"
                : "Job cancelled (was " + before.wireName() + ")";
    }

    private static String cancelRefusal(JobState state) {
        return state.isFinished()
                ? "Job already finished with status: " + state.wireName()
                : "Cannot cancel job with status: " + state.wireName();
    }

    /** A trainer that was told to pause may have had nothing left to do; the job is complete then, not paused. */
    private static Response pausedOrFinished(String id, Done done) {
        Job job = done.job();
        if (job.state().isFinished()) {
            String message = "Job already finished with status: " + job.state().wireName();
            return Response.json(400, new Stopped(false, id, before(done), message));
        }
        String message = "Job paused (was " + before(done) + ")";
        return Response.json(
                200, new Paused(true, id, before(done), job.pausedAt().map(WireTime::utc), message));
    }

    private static String resumeRefusal(Outcome outcome, Optional<String> checkpoint) {
        if (outcome instanceof NoOutputDirectory) {
            return "Output directory not found - no checkpoints available";
        }
        if (outcome instanceof NoCheckpoint) {
            return checkpoint
                    .map(name -> "Checkpoint not found: " + name + " - cannot resume")
                    .orElse("No checkpoints found - cannot resume");
        }
        return outcome instanceof NoSuchJob ? "Job not found" : "Job cannot be resumed";
    }

    private static String startRefusal(NotAllowed no) {
        return "Cannot force-start " + state(no) + " jobs. Use /pause or /resume for running jobs.";
    }

    private static String before(Done done) {
        return done.previousState().wireName();
    }

    /** A job that is being cancelled still runs, so its status alone would not say why it cannot be paused. */
    private static String stateAndOrder(NotAllowed no) {
        return no.job().state() == JobState.CANCELLING ? state(no) + ", being cancelled" : state(no);
    }

    private static String state(NotAllowed no) {
        return no.job().state().wireName();
    }

    /** Said of a job whose state is not known or does not matter. */
    record Refused(boolean success, String jobId, String message) {}

    /** Said of a job that stood somewhere before. */
    record Stopped(boolean success, String jobId, String previousStatus, String message) {}

    /** Said of a job that is paused now. */
    record Paused(boolean success, String jobId, String previousStatus, Optional<String> pausedAt, String message) {}

    /** Said of a job that was paused and is queued again. */
    record Resumed(
            boolean success,
            String jobId,
            String previousStatus,
            Optional<String> checkpointPath,
            int queuePosition,
            String message) {
        static Resumed of(String id, Done done) {
            String message = "Job resumed from checkpoint and queued at position " + done.position();
            return new Resumed(true, id, before(done), done.job().resumeFrom(), done.position(), message);
        }
    }

    /** Said of a job that has been put at the head of the queue. */
    record Started(
            boolean success, String jobId, String previousStatus, String newStatus, int queuePosition, String message) {
        static Started of(String id, Done done) {
            String status = done.job().state().wireName();
            return new Started(true, id, before(done), status, done.position(), message(done));
        }

        /** A job that is pending has left the queue already, and needs no help. */
        private static String message(Done done) {
            return done.job().state() == JobState.QUEUED
                    ? "Job queued successfully (position " + done.position() + ")"
                    : "Job is already starting";
        }
    }

    /** Said of a job that cannot be put into the queue. */
    record NotStarted(
            boolean success, String jobId, String currentStatus, String message, List<String> allowedStatuses) {}
}
