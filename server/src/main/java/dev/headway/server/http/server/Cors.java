package dev.headway.server.http.server;

import dev.headway.server.http.Response;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which web pages may call; immutable, so threads may share it.
 *
 * <p>Credentials are allowed, so the origin is always named back and never answered with a star.
 */
final class Cors {
    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
    private static final String EXPOSED =
            "Retry-After, RateLimit, RateLimit-Policy, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";

    private final List<String> origins;

    Cors(List<String> origins) {
        this.origins = origins;
    }

    /** Finds the answer to a preflight; absent when the request is none. */
    Optional<Response> preflight(HttpServerRequest request) {
        String origin = request.getHeader("origin");
        if (origin == null || request.getHeader("access-control-request-method") == null) {
            return Optional.empty();
        }
        return Optional.of(
                allows(origin) ? allowed(request.getHeader("access-control-request-headers")) : disallowed());
    }

    /** Adds the fields by which a page of this origin may read the answer. */
    void addFields(@Nullable String origin, HttpServerResponse response) {
        if (origin == null) {
            return;
        }
        response.putHeader("vary", "Origin");
        if (allows(origin)) {
            response.putHeader("access-control-allow-origin", origin);
            response.putHeader("access-control-allow-credentials", "true");
            response.putHeader("access-control-expose-headers", EXPOSED);
        }
    }

    private boolean allows(String origin) {
        return origins.contains(origin) || origins.contains("*");
    }

    private static Response allowed(@Nullable String requestedHeaders) {
        Response response = Response.text(200, "OK")
                .withHeader("access-control-allow-methods", METHODS)
                .withHeader("access-control-max-age", "600");
        return requestedHeaders == null
                ? response
                : response.withHeader("access-control-allow-headers", requestedHeaders);
    }

    private static Response disallowed() {
        return Response.text(400, "Disallowed CORS origin");
    }
}
