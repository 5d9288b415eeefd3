package dev.headway.server.http.server;

import dev.headway.server.http.Access;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Method;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Routes of no use but to see what reaches a handler. */
final class Echo {
    private Echo() {}

    /** Answers with what came, never limited. */
    static Route route(Method method, String template) {
        return new Route(method, template, LimitClass.NONE, Access.OPEN, BodyRule.upTo(100_000), blocking());
    }

    /** Answers with what came, limited to ten a minute. */
    static Route limited(String template) {
        return new Route(
                Method.POST, template, LimitClass.EXECUTE, Access.OPEN, BodyRule.upTo(100_000_000), blocking());
    }

    /** Answers at /caller with the address that the request is counted by. */
    static Route caller() {
        return Route.get(
                "/caller",
                LimitClass.NONE,
                Access.OPEN,
                Handler.immediate(request -> Response.json(
                        200,
                        Map.of("client", request.caller().client().network().toString()))));
    }

    static Handler blocking() {
        return Handler.blocking(Echo::answer);
    }

    static Response answer(Request request) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("method", request.method().name());
        seen.put("path", request.path());
        seen.put("parameters", new TreeMap<>(request.pathParameters()));
        seen.put("query", new TreeMap<>(request.queryParameters()));
        seen.put("bytes", request.body().size());
        seen.put("text", request.body().size() < 100 ? request.body().text() : "");
        return Response.json(200, seen);
    }
}
