package dev.headway.server.http.server;

import dev.headway.server.http.Access;
import dev.headway.server.http.Body;
import dev.headway.server.http.Json;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.http.routing.Match;
import dev.headway.server.throttle.settings.LimitClass;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The shape of errors on routes whose clients read {@code success} and {@code message} (contract B1.0); stateless.
 *
 * <p>What ends a request before its handler begins, a key that is missing say, is put as {@code {"detail":"text"}} on all
 * routes alike. Clients of the lifecycle routes would show nothing of that, so there they get their own shape, and the
 * {@code detail} besides.
 */
final class SuccessShape {
    private SuccessShape() {}

    /** Returns whether a route acts on jobs and takes no body, as those do that have this shape; the operator's have not. */
    static boolean belongsTo(Route route) {
        return route.limitClass() == LimitClass.GENERAL
                && route.access() != Access.OPERATOR_KEY
                && !route.body().keep();
    }

    /** Returns a refusal as the clients of the route read it. */
    static Response of(Response refusal, Match match) {
        if (!belongsTo(match.endpoint().route()) || !refusal.contentType().equals(Response.JSON)) {
            return refusal;
        }
        JsonNode body = Json.mapper().readTree(refusal.body().bytes());
        return body.size() == 1 && body.path("detail").isString()
                ? withBody(refusal, said(body.path("detail").stringValue(), match))
                : refusal;
    }

    private static Map<String, Object> said(String text, Match match) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("success", false);
        match.jobId().ifPresent(id -> said.put("job_id", id));
        said.put("message", text);
        said.put("detail", text);
        return said;
    }

    private static Response withBody(Response refusal, Map<String, Object> said) {
        return new Response(refusal.status(), refusal.contentType(), refusal.headers(), Body.of(Json.write(said)));
    }
}
