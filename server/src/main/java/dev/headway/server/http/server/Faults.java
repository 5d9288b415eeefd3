package dev.headway.server.http.server;

import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Response;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one table from what a handler throws to what its client is told; stateless. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    /** Returns the answer to a fault; one that nobody foresaw is logged with its trace, and the client learns nothing of it. */
    static Response response(String request, @Nullable Throwable fault) {
        if (fault instanceof HttpProblem problem) {
            return problem.response();
        }
        if (fault instanceof CompletionException wrapped && wrapped.getCause() != null) {
            return response(request, wrapped.getCause());
        }
        LOG.error("{} failed", request, fault);
        return Response.text(500, "Internal Server Error");
    }
}
