package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Access;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.Handler;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Method;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
    private static final TestServer SERVER = TestServer.with(
                    named(Method.GET, "/jobs/{job_id}"),
                    named(Method.POST, "/jobs/{job_id}"),
                    named(Method.GET, "/jobs/queue"),
                    named(Method.POST, "/jobs/cancel/{job_id}"),
                    named(Method.POST, "/jobs/{job_id}/force-start"),
                    named(Method.GET, "/"),
                    Echo.route(Method.GET, "/echo/{first}/{second}"),
                    failing("/fails", new IllegalStateException("secret")),
                    failing("/overflows", new StackOverflowError()),
                    failing("/ends", HttpProblem.detail(418, "as it wishes")),
                    Route.get(
                            "/later",
                            LimitClass.NONE,
                            Access.OPEN,
                            Handler.asynchronous(
                                    request -> CompletableFuture.supplyAsync(() -> Response.text(200, "at last")))),
                    Route.get(
                            "/fails-later",
                            LimitClass.NONE,
                            Access.OPEN,
                            Handler.asynchronous(request -> CompletableFuture.supplyAsync(() -> {
                                throw HttpProblem.detail(409, "too late");
                            }))),
                    Route.get(
                            "/thread",
                            LimitClass.NONE,
                            Access.OPEN,
                            Handler.immediate(request ->
                                    Response.text(200, Thread.currentThread().getName()))))
            .start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /jobs/1,                    GET /jobs/{job_id}",
        "POST, /jobs/1,                    POST /jobs/{job_id}",
        "GET,  /jobs/queue,                GET /jobs/queue",
        "POST, /jobs/queue,                POST /jobs/{job_id}",
        "POST, /jobs/cancel/1,             POST /jobs/cancel/{job_id}",
        "POST, /jobs/cancel/force-start,   POST /jobs/cancel/{job_id}",
        "POST, /jobs/1/force-start,        POST /jobs/{job_id}/force-start",
        "GET,  /?a=b,                      GET /",
        "GET,  /jobs/queue?,               GET /jobs/queue",
    })
    void findsTheRouteForAPath(String method, String path, String endpoint) throws Exception {
        assertThat(ask(method, path).body()).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs",
                "/jobs/",
                "/jobs/1/other",
                "/job/1",
                "/jobs//",
                "//jobs/1",
                "/jobs/../jobs/1",
                "/JOBS/1",
                "/jobs%2f1"
            })
    void knowsNoOtherPath(String path) throws Exception {
        HttpResponse<String> answer = ask("GET", path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Not Found\"}");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /jobs/queue/,          /jobs/queue",
        "POST, /jobs/cancel/1/?a=b%2F,/jobs/cancel/1?a=b%2F",
        "PUT,  /jobs/%2F/,            /jobs/%2F",
    })
    void sendsClientsOnWhoAddASlash(String method, String path, String location) throws Exception {
        HttpResponse<String> answer = ask(method, path);

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("location")).contains(location);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /jobs/1       | GET, HEAD, POST",
                "PUT    | /jobs/queue   | GET, HEAD, POST",
                "GET    | /jobs/cancel/1| POST",
                "TRACE  | /             | GET, HEAD",
                "get    | /             | GET, HEAD",
                "FOO    | /jobs/1       | GET, HEAD, POST",
            })
    void saysWhichVerbsAPathAnswers(String method, String path, String allowed) throws Exception {
        try (RawClient client = SERVER.connect()) {
            RawClient.Answer answer = client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .read();

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
            assertThat(answer.field("allow")).contains(allowed);
        }
    }

    @Test
    void answersHeadLikeGetWithoutTheBody() throws Exception {
        try (RawClient client = SERVER.connect()) {
            client.send("HEAD /jobs/queue HTTP/1.1\r\nHost: x\r\n\r\nGET /jobs/queue HTTP/1.1\r\nHost: x\r\n\r\n");

            RawClient.Answer head = client.readHeadOnly();
            RawClient.Answer get = client.read();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.field("content-length")).contains("15");
            assertThat(get.body()).isEqualTo("GET /jobs/queue");
        }
    }

    @Test
    void saysWhichVerbsThereAreWhenAskedForOptions() throws Exception {
        HttpResponse<String> known = ask("OPTIONS", "/jobs/1");
        HttpResponse<String> unknown = ask("OPTIONS", "/nothing");

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().firstValue("allow")).contains("GET, HEAD, POST");
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void decodesWhatTheTemplateNamesOnce() throws Exception {
        assertThat(ask("GET", "/echo/a%2525b/%C3%A4+c?x=1&y=a+b%26&x=2&flag&=z").body())
                .contains("\"parameters\":{\"first\":\"a%25b\",\"second\":\"ä+c\"}")
                .contains("\"query\":{\"\":\"z\",\"flag\":\"\",\"x\":\"2\",\"y\":\"a b&\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/echo/%2e%2e/x",
                "/echo/%2E/x",
                "/echo/../x",
                "/echo/./x",
                "/echo/a%2fb/x",
                "/echo/a%5cb/x",
                "/echo/a%00/x",
                "/echo/%zz/x",
                "/echo/%4/x",
                "/echo/%/x",
                "/echo/%ff/x",
                "/echo/%c0%ae/x",
                "/echo/\u00ff/x",
                "/echo/a/b?x=%zz",
                "/echo/a/b?%ff=1"
            })
    void refusesSegmentsAndQueriesThatAreNoPlainText(String path) throws Exception {
        try (RawClient client = SERVER.connect()) {
            RawClient.Answer answer =
                    client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").read();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).startsWith("{\"detail\":\"");
        }
    }

    @Test
    void tellsNothingOfAFaultThatNobodyForesaw() throws Exception {
        for (String path : List.of("/fails", "/overflows")) {
            HttpResponse<String> answer = ask("GET", path);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("Internal Server Error");
            assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        }
    }

    @Test
    void answersWhatAHandlerEndsWith() throws Exception {
        assertThat(ask("GET", "/ends").statusCode()).isEqualTo(418);
        assertThat(ask("GET", "/ends").body()).isEqualTo("{\"detail\":\"as it wishes\"}");
        assertThat(ask("GET", "/fails-later").statusCode()).isEqualTo(409);
    }

    @Test
    void waitsForAStageWithoutAThread() throws Exception {
        assertThat(ask("GET", "/later").body()).isEqualTo("at last");
    }

    @Test
    void runsImmediateHandlersOnTheEventLoop() throws Exception {
        assertThat(ask("GET", "/thread").body()).contains("eventloop");
    }

    private static HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return SERVER.send(HttpRequest.newBuilder(SERVER.uri(path))
                .method(method, BodyPublishers.noBody())
                .build());
    }

    private static Route named(Method method, String template) {
        Response name = Response.text(200, method + " " + template);
        return new Route(
                method, template, LimitClass.NONE, Access.OPEN, BodyRule.ignored(), Handler.blocking(request -> name));
    }

    private static Route failing(String template, Throwable fault) {
        return Route.get(
                template,
                LimitClass.NONE,
                Access.OPEN,
                new Handler(Handler.Where.WORKER, request -> CompletableFuture.failedStage(fault)));
    }
}
