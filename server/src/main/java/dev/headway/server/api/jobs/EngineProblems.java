package dev.headway.server.api.jobs;

import dev.headway.jobs.EngineClosed;
import dev.headway.jobs.JobConflict;
import dev.headway.jobs.JobNotStored;
import dev.headway.jobs.QueueFull;
import dev.headway.jobs.job.InvalidJobId;
import dev.headway.jobs.job.JobsException;
import dev.headway.jobs.workspace.PathRefused;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** The one table from what the job engine throws to what a client is answered; pure functions, safe for all threads. */
final class EngineProblems {
    private static final String RETRY_AFTER = "retry-after";
    private static final String SECONDS_UNTIL_A_SLOT_MAY_BE_FREE = "30";

    private EngineProblems() {}

    /** Calls the engine, and ends the request with the answer that its refusal deserves. */
    static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (JobsException refused) {
            throw new HttpProblem(answer(refused));
        }
    }

    /** Returns the answer in the detail shape. */
    static Response answer(JobsException problem) {
        Response answer = Response.detail(status(problem), text(problem));
        return retryAfter(problem)
                .map(seconds -> answer.withHeader(RETRY_AFTER, seconds))
                .orElse(answer);
    }

    /** Returns the sentence that says what is wrong. */
    static String text(JobsException problem) {
        return String.valueOf(problem.getMessage());
    }

    static int status(JobsException problem) {
        if (problem instanceof InvalidJobId || problem instanceof PathRefused) {
            return 400;
        }
        if (problem instanceof JobConflict) {
            return 409;
        }
        if (problem instanceof QueueFull || problem instanceof JobNotStored || problem instanceof EngineClosed) {
            return 503;
        }
        return 500;
    }

    private static Optional<String> retryAfter(JobsException problem) {
        return status(problem) == 503 ? Optional.of(SECONDS_UNTIL_A_SLOT_MAY_BE_FREE) : Optional.empty();
    }
}
