package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import java.time.Duration;

/** What a job's error message says; clients know the first parts of these sentences. Stateless. */
final class Messages {
    static final String CANCELLED = "Cancelled by user";

    private Messages() {}

    static String exitCode(Job job, int code) {
        String message = "Training process exited with code " + code;
        return job.progress().lossIsNotFinite() ? message + ": the loss is not finite (NaN or infinite)" : message;
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
