package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.Await;
import dev.headway.server.http.Access;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Method;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that close their half of the connection before they are answered, as netcat does at the end of its input. */
class HalfClosedTest {
    private static final String HEAD = " HTTP/1.1\r\nHost: a\r\n";

    private final CompletableFuture<Response> later = new CompletableFuture<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final TestServer server = TestServer.with(
                    Echo.route(Method.POST, "/echo"), Echo.limited("/limited"), immediate(), waiting(), soon())
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void areAnsweredByTheEventLoopAndByWorkers() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /now" + HEAD + "\r\n");
            client.sendEnd();

            assertThat(client.read().body()).isEqualTo("now");
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawClient client = server.connect()) {
            client.send("POST /echo" + HEAD + "Content-Length: 3\r\n\r\nabc");
            client.sendEnd();

            assertThat(client.read().body()).contains("\"text\":\"abc\"");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void areAnsweredAllRequestsThatTheyHaveSent() throws Exception {
        String echo = "POST /echo" + HEAD + "Content-Length: 1\r\n\r\nx";
        try (RawClient client = server.connect()) {
            client.send(echo + "GET /now" + HEAD + "\r\n" + echo);
            client.sendEnd();

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().body()).isEqualTo("now");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void areToldThatTheyAreOverTheirLimit() throws Exception {
        for (int request = 0; request < 10; request++) {
            server.post("/limited", "{}");
        }
        try (RawClient client = server.connect()) {
            client.send("POST /limited" + HEAD + "Content-Length: 2\r\n\r\n{}");
            client.sendEnd();

            assertThat(client.read().status()).isEqualTo(429);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void areDisconnectedWhenTheRestCanNeverCome() throws Exception {
        for (String part : new String[] {"", "GET /n", "POST /echo" + HEAD + "Content-Length: 9\r\n\r\nabc"}) {
            try (RawClient client = server.connect()) {
                client.send(part);
                client.sendEnd();

                assertThat(client.isClosedByServer()).as(part).isTrue();
            }
        }
    }

    @Test
    void areAnsweredALittleLaterByTheEventLoop() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /soon" + HEAD + "\r\n");
            client.sendEnd();
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            later.complete(Response.text(200, "soon"));

            assertThat(client.read().body()).isEqualTo("soon");
        }
    }

    @Test
    void endWhatTheyWouldHaveToWaitLongFor() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /later" + HEAD + "\r\n");
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            client.sendEnd();

            Await.until("the answer is given up", later::isCancelled);
        }
    }

    private static Route immediate() {
        return Route.get("/now", LimitClass.NONE, Access.OPEN, Handler.immediate(request -> Response.text(200, "now")));
    }

    private Route waiting() {
        return Route.get("/later", LimitClass.NONE, Access.OPEN, Handler.asynchronous(request -> ask()));
    }

    private Route soon() {
        Handler handler = new Handler(Handler.Where.EVENT_LOOP, request -> ask());
        return Route.get("/soon", LimitClass.NONE, Access.OPEN, handler);
    }

    private CompletableFuture<Response> ask() {
        asked.countDown();
        return later;
    }
}
