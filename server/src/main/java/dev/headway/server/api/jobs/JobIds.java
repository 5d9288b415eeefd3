package dev.headway.server.api.jobs;

import dev.headway.jobs.job.InvalidJobId;
import dev.headway.jobs.job.JobId;
import dev.headway.server.http.Request;
import java.util.Optional;

/** The name of a job in the path of a request; pure functions, safe for all threads. */
final class JobIds {
    private JobIds() {}

    /** Returns the text that stands where the route's template says {@code {job_id}}. */
    static String text(Request request) {
        return request.pathParameter("job_id");
    }

    /** Finds the name, unless no job can have it; such a one is simply not known. */
    static Optional<JobId> find(Request request) {
        try {
            return Optional.of(JobId.parse(text(request)));
        } catch (InvalidJobId nobodysName) {
            return Optional.empty();
        }
    }
}
