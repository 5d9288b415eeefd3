package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.Await;
import dev.headway.server.http.Access;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Method;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Deadlines, each so short that a client that stands still meets it; all others are minutes away. */
class SlowClientTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final Duration OFTEN = Duration.ofMillis(10);

    @Test
    void tellsAClientWhoseHeadDoesNotCome() throws Exception {
        try (TestServer server = start(new HttpSettings.Deadlines(SOON, NEVER, 1, NEVER, OFTEN));
                RawClient client = server.connect()) {
            client.send("GET /echo HTTP/1.1\r\nHo");

            assertThat(client.read().status()).isEqualTo(408);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void doesNotGiveAClientMoreTimeForEachByteOfTheHead() throws Exception {
        try (TestServer server = start(new HttpSettings.Deadlines(SOON, NEVER, 1, NEVER, OFTEN));
                RawClient client = server.connect()) {
            assertThat(client.sendUntilClosed("GET / HTTP/1.1\r\nHost: a\r\nX: ", "a", OFTEN))
                    .isTrue();
        }
    }

    @Test
    void measuresTheHeadOfTheNextRequestToo() throws Exception {
        try (TestServer server = start(new HttpSettings.Deadlines(SOON, NEVER, 1, NEVER, OFTEN));
                RawClient client = server.connect()) {
            client.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);

            client.send("GET /echo HT");

            assertThat(client.read().status()).isEqualTo(408);
        }
    }

    @Test
    void tellsAClientWhoseBodyDoesNotCome() throws Exception {
        try (TestServer server = start(new HttpSettings.Deadlines(NEVER, SOON, 1_000_000, NEVER, OFTEN));
                RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");

            assertThat(client.read().status()).isEqualTo(408);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void doesNotGiveAClientMoreTimeForEachByteOfTheBody() throws Exception {
        try (TestServer server = start(new HttpSettings.Deadlines(NEVER, SOON, 1_000_000, NEVER, OFTEN));
                RawClient client = server.connect()) {
            String head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n";

            assertThat(client.sendUntilClosed(head, "a", OFTEN)).isTrue();
        }
    }

    @Test
    void closesIdleConnections() throws Exception {
        try (TestServer server = start(new HttpSettings.Deadlines(NEVER, NEVER, 1, SOON, OFTEN));
                RawClient silent = server.connect();
                RawClient kept = server.connect()) {
            kept.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(kept.read().status()).isEqualTo(200);

            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(kept.isClosedByServer()).isTrue();
        }
    }

    @Test
    void letsAHandlerTakeItsTime() throws Exception {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Route slow = Route.get("/slow", LimitClass.NONE, Access.OPEN, Handler.asynchronous(request -> answer));
        HttpSettings impatient = HttpBounds.with(new HttpSettings.Deadlines(SOON, SOON, 1_000_000, SOON, OFTEN));
        try (TestServer server = TestServer.with(slow).settings(impatient).start();
                RawClient waiting = server.connect();
                RawClient idle = server.connect()) {
            waiting.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");

            // By the time that the idle client is disconnected, every deadline has passed for the waiting one as well.
            assertThat(idle.isClosedByServer()).isTrue();
            answer.complete(Response.text(200, "done"));

            assertThat(waiting.read().body()).isEqualTo("done");
        }
    }

    @Test
    void dropsARefusedBodyOnlyForAWhile() throws Exception {
        HttpSettings.Drainage brief = new HttpSettings.Drainage(65_536, 1 << 20, 0, SOON, SOON);
        try (TestServer server = TestServer.with(Echo.route(Method.GET, "/echo"))
                        .settings(HttpBounds.with(brief))
                        .start();
                RawClient small = server.connect();
                RawClient large = server.connect()) {
            small.send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
            large.send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc");

            assertThat(small.read().status()).isEqualTo(404);
            assertThat(large.read().status()).isEqualTo(404);
            assertThat(small.isClosedByServer()).isTrue();
            assertThat(large.isClosedByServer()).isTrue();
        }
    }

    @Test
    void disconnectsAClientThatDoesNotReadItsAnswer() throws Exception {
        Response large = Response.text(200, "a".repeat(50_000_000));
        Route route = Route.get("/large", LimitClass.NONE, Access.OPEN, Handler.blocking(request -> large));
        HttpSettings impatient =
                HttpBounds.with(new HttpSettings.Deadlines(NEVER, SOON, Integer.MAX_VALUE, NEVER, OFTEN));
        try (TestServer server = TestServer.with(route).settings(impatient).start();
                RawClient client = server.connect()) {
            Await.until("the client is connected", () -> server.server().connections() == 1);
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            Await.until("the client is disconnected", () -> server.server().connections() == 0);

            assertThat(client.countToEnd()).isLessThan(50_000_000);
        }
    }

    @Test
    void stopsReadingRequestsOfAClientThatReadsNoAnswers() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        Response kilobytes = Response.text(200, "a".repeat(10_000));
        Route route = Route.get("/counted", LimitClass.NONE, Access.OPEN, Handler.immediate(request -> {
            answered.incrementAndGet();
            return kilobytes;
        }));
        HttpSettings impatient =
                HttpBounds.with(new HttpSettings.Deadlines(NEVER, SOON, Integer.MAX_VALUE, NEVER, OFTEN));
        int requests = 100_000;
        try (TestServer server = TestServer.with(route).settings(impatient).start();
                RawClient client = server.connect()) {
            Await.until("the client is connected", () -> server.server().connections() == 1);
            client.sendUntilRefused("GET /counted HTTP/1.1\r\nHost: a\r\n\r\n", requests);
            Await.until("the client is disconnected", () -> server.server().connections() == 0);

            assertThat(answered.get()).isPositive().isLessThan(requests);
        }
    }

    private static TestServer start(HttpSettings.Deadlines deadlines) {
        return TestServer.with(Echo.route(Method.GET, "/echo"), Echo.route(Method.POST, "/echo"))
                .settings(HttpBounds.with(deadlines))
                .start();
    }
}
