package dev.headway.server.http.server;

import dev.headway.server.caller.Caller;
import dev.headway.server.http.Access;
import dev.headway.server.http.Body;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Method;
import dev.headway.server.http.Request;
import dev.headway.server.http.RequestMeter;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.http.routing.Endpoint;
import dev.headway.server.http.routing.Match;
import dev.headway.server.http.routing.PathText;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.rules.BodyLength;
import dev.headway.server.throttle.rules.Weight;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One request from its head to its answer; for its event loop only.
 *
 * <p>The order is the contract's: preflight, route, limit, key, body, handler. Up to the limit nothing is read but the
 * head, nothing waits and nothing is shared but the counters of the limiter. See {@link Refusal} for what becomes of a body
 * whose request ends early.
 */
final class Exchange implements BodyLength {
    private final Connection connection;
    private final Surface surface;
    private final HttpServerRequest request;
    private Ruling ruling = Ruling.UNLIMITED;
    private RequestMeter meter;
    private Optional<Match> match = Optional.empty();
    private Optional<BodyReader> reader = Optional.empty();
    private OptionalLong beganNanos = OptionalLong.empty();

    Exchange(Connection connection, HttpServerRequest request) {
        this.connection = connection;
        this.surface = connection.surface();
        this.request = request;
        this.meter = surface.meters().strays();
    }

    Connection connection() {
        return connection;
    }

    HttpServerRequest request() {
        return request;
    }

    Ruling ruling() {
        return ruling;
    }

    RequestMeter meter() {
        return meter;
    }

    /** Returns since when the time is measured that the request takes; absent if it is not. */
    OptionalLong beganNanos() {
        return beganNanos;
    }

    /** Has the time measured that the request takes. */
    void measureFrom(long nanos) {
        beganNanos = OptionalLong.of(nanos);
    }

    /** Takes the request as far as it gets now. */
    void begin() {
        goOn(this::route);
    }

    /** Takes the request further, after something was waited for. */
    void goOn(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException fault) {
            end(fault);
        }
    }

    private void end(RuntimeException fault) {
        refuse(
                fault instanceof HttpProblem problem
                        ? problem.response()
                        : Faults.response(request.method() + " " + request.uri(), fault));
    }

    /** Ends a request whose body has not been read. */
    void refuse(Response response) {
        Refusal.send(this, shaped(response));
    }

    /** Returns an error as the clients of the route read it. */
    Response shaped(Response error) {
        return match.map(found -> SuccessShape.of(error, found)).orElse(error);
    }

    /** Sends the answer of a handler, unless the client has gone. */
    void answer(Response response) {
        reader.ifPresent(BodyReader::giveBack);
        if (request.response().closed()) {
            return;
        }
        int sending = connection.enterSending(response.body().size());
        Answer.send(this, response).onComplete(sent -> connection.sent(sending));
    }

    /** Takes note of the status with which the request is answered. */
    void answered(int status) {
        meter.answered(status);
        connection.timer().answered(this, status);
    }

    /** Has an action run when the client goes before it is answered; at once if it has gone already. */
    void whenGone(Runnable action) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            action.run();
        } else if (!response.ended()) {
            response.closeHandler(closed -> action.run());
        }
    }

    /** Has the connection end when the client sends no more, unless it is answered before. */
    void needClient() {
        if (!request.response().ended()) {
            connection.needClient();
        }
    }

    private void route() {
        String verb = request.method().name();
        if (request.version() == null) {
            throw HttpProblem.detail(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        if (verb.equals("OPTIONS")) {
            answerOptions();
            return;
        }
        String path = requirePath();
        match = Method.find(verb.equals("HEAD") ? "GET" : verb)
                .flatMap(method -> surface.router().find(method, path));
        match.ifPresentOrElse(this::limit, () -> refuse(noSuchEndpoint(path)));
    }

    private void answerOptions() {
        Optional<Response> preflight = surface.cors().preflight(request);
        refuse(preflight.orElseGet(() -> allowed(requirePath())));
    }

    private Response allowed(String path) {
        Set<String> verbs = surface.router().allowed(path);
        return verbs.isEmpty() ? noSuchEndpoint(path) : Response.text(200, "OK").withHeader("allow", list(verbs));
    }

    private Response noSuchEndpoint(String path) {
        Set<String> verbs = surface.router().allowed(path);
        if (!verbs.isEmpty()) {
            return Response.detail(405, "Method Not Allowed").withHeader("allow", list(verbs));
        }
        return withoutSlash(path).map(this::elsewhere).orElseGet(() -> Response.detail(404, "Not Found"));
    }

    /** Finds the path that is meant by one with a slash too many at its end. */
    private Optional<String> withoutSlash(String path) {
        return Optional.of(path)
                .filter(text -> text.endsWith("/"))
                .map(text -> text.substring(0, text.length() - 1))
                .filter(shorter -> !surface.router().allowed(shorter).isEmpty());
    }

    /** Sends the client on as FastAPI does: with the same verb, body and query. */
    private Response elsewhere(String path) {
        int query = request.uri().indexOf('?');
        String location = query < 0 ? path : path + request.uri().substring(query);
        return Response.text(307, "").withHeader("location", location);
    }

    private static String list(Set<String> verbs) {
        return String.join(", ", verbs);
    }

    private String requirePath() {
        String target = request.uri();
        if (!target.startsWith("/")) {
            throw HttpProblem.detail(400, "The request target \"" + target + "\" is not a path that starts with \"/\"");
        }
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private void limit(Match match) {
        Caller caller = connection.caller(request, match.endpoint().route().access());
        Endpoint endpoint = match.endpoint();
        meter = endpoint.meter();
        if (endpoint.limit().isImmediate()) {
            obey(connection.timer().decide(this, endpoint, caller), match, caller);
        } else {
            new AwaitedRuling(this, connection.timer().decideLater(this, endpoint, caller))
                    .then(decided -> obey(decided, match, caller));
        }
    }

    /** Returns how long the body may be, for limits by which longer ones weigh more. */
    @Override
    public long atMost() {
        BodyHead head = BodyHead.of(request);
        return head.chunked() ? Weight.UNKNOWN_LENGTH : head.length();
    }

    private void obey(Ruling decided, Match match, Caller caller) {
        ruling = decided;
        meter.decided(decided, caller);
        if (decided instanceof Ruling.Denied) {
            refuse(Response.detail(403, "This server does not serve you"));
            return;
        }
        if (decided instanceof Ruling.Refused refused) {
            Refusal.send(this, RateRefusal.response(refused, match, request));
            return;
        }
        admit(match, caller);
    }

    private void admit(Match match, Caller caller) {
        connection.timer().admitted(this);
        Route route = match.endpoint().route();
        if (route.access() == Access.OPERATOR_KEY) {
            // The operator is not limited, and nobody else shall see by the fields that there is such a route.
            ruling = Ruling.UNLIMITED;
        }
        Framing.require(request);
        surface.guard().require(route.access(), caller.identity(), request.headers());
        BodyReader.requireAcceptable(request, route.body());
        Map<String, String> pathParameters = match.requireParameters();
        Map<String, String> query = requireQuery();
        receive(route.body(), body -> {
            Map<String, String> headers = HeaderFields.of(request.headers());
            Request complete = new Request(route.method(), match.path(), pathParameters, query, headers, body, caller);
            new Run(this, match.endpoint(), complete).start();
        });
    }

    private void receive(BodyRule rule, Consumer<Body> whole) {
        connection.enter(Connection.Phase.RECEIVING);
        BodyReader bodyReader = new BodyReader(this, rule, whole);
        reader = Optional.of(bodyReader);
        bodyReader.start();
    }

    private Map<String, String> requireQuery() {
        int query = request.uri().indexOf('?');
        return query < 0 ? Map.of() : PathText.requireQuery(request.uri().substring(query + 1));
    }
}
