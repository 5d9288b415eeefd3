package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.Progress;
import java.time.Duration;
import java.util.Optional;

/** What a job's error message says; clients know the first parts of these sentences. Stateless. */
final class Messages {
    static final String CANCELLED = "Cancelled by user";

    private static final String NOT_FINITE = "the loss is not finite (NaN or infinite)";
    private static final int MAX_REASON = 1000;

    private Messages() {}

    /** The trainer's own reason follows, if it wrote one into its progress file. */
    static String exitCode(Job job, int code) {
        String message = "Training process exited with code " + code;
        return reason(job.progress()).map(reason -> message + ": " + reason).orElse(message);
    }

    private static Optional<String> reason(Progress progress) {
        Optional<String> told = progress.text("error_message")
                .map(text -> text.length() > MAX_REASON ? text.substring(0, MAX_REASON) + "…" : text);
        return progress.lossIsNotFinite() ? told.or(() -> Optional.of(NOT_FINITE)) : told;
    }

    static String notStarted(String reason) {
        return "Failed to start training: " + reason;
    }

    static String noProgress(Duration limit) {
        return "Training timed out: no progress for " + limit.toMinutes() + " minutes";
    }

    static String lost(int restarts) {
        return "Training process was lost without an exit code, and the job has been restarted " + restarts
                + " times already, which is the limit (TRAINING_MAX_RESTARTS)";
    }
}
