package dev.headway.server.http.server;

import dev.headway.server.http.Body;
import dev.headway.server.http.Response;
import dev.headway.server.http.routing.Match;
import dev.headway.server.throttle.answer.Ruling;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;

/** Chooses the form in which a client is told that it is over its limit; stateless. */
final class RateRefusal {
    private static final String PROBLEM_TYPE = "application/problem+json";

    private RateRefusal() {}

    static Response response(Ruling.Refused refused, Match match, HttpServerRequest request) {
        Optional<String> jobId = SuccessShape.belongsTo(match.endpoint().route()) ? match.jobId() : Optional.empty();
        String accept = request.getHeader("accept");
        return accept != null && Accept.prefersProblem(accept)
                ? new Response(refused.status(), PROBLEM_TYPE, Map.of(), Body.of(refused.problemBody(jobId)))
                : new Response(refused.status(), Response.JSON, Map.of(), Body.of(refused.body(jobId)));
    }
}
