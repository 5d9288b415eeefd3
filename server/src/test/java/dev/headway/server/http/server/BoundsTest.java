package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headway.server.Await;
import dev.headway.server.http.Access;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Method;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundsTest {
    @Test
    void turnsConnectionsAwayWhenThereAreEnough() throws Exception {
        HttpSettings two = HttpBounds.with(new HttpSettings.Connections(2, 2));
        try (TestServer server = TestServer.with(Echo.route(Method.GET, "/echo"))
                        .settings(two)
                        .start();
                RawClient first = server.connect();
                RawClient second = server.connect()) {
            Await.until("both are counted", () -> server.server().connections() == 2);
            try (RawClient third = server.connect()) {
                RawClient.Answer answer = third.read();

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).isEqualTo("{\"detail\":\"Too many connections\"}");
                assertThat(third.isClosedByServer()).isTrue();
            }
            assertThat(first.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
            second.hangUp();
            Await.until("one has gone", () -> server.server().connections() == 1);
            try (RawClient third = server.connect()) {
                assertThat(third.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n")
                                .read()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void boundsTheConnectionsOfOneClientButNotOfAProxyThatItTrusts() throws Exception {
        HttpSettings one = HttpBounds.with(new HttpSettings.Connections(10, 1));
        try (TestServer server = TestServer.with(Echo.route(Method.GET, "/echo"))
                        .settings(one)
                        .start();
                RawClient first = server.connect()) {
            Await.until("it is counted", () -> server.server().connections() == 1);
            try (RawClient second = server.connect()) {
                assertThat(second.read().status()).isEqualTo(503);
            }
            assertThat(first.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
        }
        try (TestServer server = TestServer.with(Echo.route(Method.GET, "/echo"))
                        .settings(one)
                        .trusting("127.0.0.0/8")
                        .start();
                RawClient first = server.connect();
                RawClient second = server.connect()) {
            assertThat(first.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
            assertThat(second.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void turnsRequestsAwayWhenAllWorkersAreBusyAndTheQueueIsFull() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        Route busy = Route.get("/busy", LimitClass.NONE, Access.OPEN, Handler.blocking(request -> {
            running.incrementAndGet();
            release.await();
            return Response.text(200, "done");
        }));
        HttpSettings few = HttpBounds.with(new HttpSettings.Work(2, 1, 1_000_000));
        try (TestServer server = TestServer.with(busy, Echo.route(Method.GET, "/echo"))
                .settings(few)
                .start()) {
            List<RawClient> clients = new ArrayList<>();
            for (int client = 0; client < 3; client++) {
                clients.add(server.connect().send("GET /busy HTTP/1.1\r\nHost: a\r\n\r\n"));
                int most = Math.min(client + 1, 2);
                Await.until("it is taken up", () -> running.get() >= most);
            }
            Await.until("the queue is full", () -> server.isBusy("/echo"));

            HttpResponse<String> answer = server.get("/echo");
            release.countDown();

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"The server is busy; try again in a moment\"}");
            assertThat(answer.headers().firstValue("retry-after")).contains("1");
            for (RawClient client : clients) {
                assertThat(client.read().status()).isEqualTo(200);
                client.close();
            }
        }
    }

    @Test
    void refusesABodyForWhichThereIsNoMemory() throws Exception {
        HttpSettings little = HttpBounds.with(new HttpSettings.Work(2, 1, 50_000));
        try (TestServer server = TestServer.with(Echo.route(Method.POST, "/echo"))
                .settings(little)
                .start()) {
            assertThat(server.post("/echo", "a".repeat(60_000)).statusCode()).isEqualTo(503);
            for (int request = 0; request < 5; request++) {
                assertThat(server.post("/echo", "a".repeat(40_000)).statusCode())
                        .as("memory is given back")
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void givesMemoryBackWhenAClientGoesAway() throws Exception {
        HttpSettings little = HttpBounds.with(new HttpSettings.Work(2, 1, 50_000));
        try (TestServer server = TestServer.with(Echo.route(Method.POST, "/echo"))
                .settings(little)
                .start()) {
            try (RawClient client = server.connect()) {
                client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 45000\r\n\r\n" + "a".repeat(40_000));
                Await.until("the body takes memory", () -> server.isBusy("/echo", "a".repeat(40_000)));
            }

            Await.until("it is given back", () -> !server.isBusy("/echo", "a".repeat(40_000)));
        }
    }

    @Test
    void takesABodyOfItsBoundAndNotOneByteMore() throws Exception {
        try (TestServer server =
                TestServer.with(Echo.route(Method.POST, "/echo")).start()) {
            assertThat(server.post("/echo", "a".repeat(100_000)).body()).contains("\"bytes\":100000");
            HttpResponse<String> answer = server.post("/echo", "a".repeat(100_001));

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"Request body too large (max: 100000 bytes)\"}");
        }
    }

    @Test
    void readsAndDropsABodyThatARouteHasNoUseFor() throws Exception {
        Route ignoring = Route.post("/ignoring", LimitClass.NONE, Access.OPEN, BodyRule.ignored(), Echo.blocking());
        try (TestServer server = TestServer.with(ignoring).start()) {
            assertThat(server.post("/ignoring", "a".repeat(1_000_000)).body()).contains("\"bytes\":0");
            assertThat(server.post("/ignoring", "a".repeat(2_000_000)).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void finishesWhatIsInFlightWhenItIsShutDown() throws Exception {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        Route slow = Route.get("/slow", LimitClass.NONE, Access.OPEN, Handler.asynchronous(request -> {
            started.countDown();
            return answer;
        }));
        try (TestServer server = TestServer.with(slow).start();
                RawClient client = server.connect()) {
            client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            started.await();
            CompletableFuture<Void> shutdown =
                    CompletableFuture.runAsync(() -> server.server().shutdown(Duration.ofSeconds(20)));
            Await.until("nobody new is let in", () -> !server.accepts());
            answer.complete(Response.text(200, "done"));

            assertThat(client.read().body()).isEqualTo("done");
            assertThat(client.isClosedByServer()).isTrue();
            shutdown.join();
        }
    }

    @Test
    void saysThatThePortIsInUse() throws Exception {
        try (TestServer server = TestServer.with().start()) {
            HttpSettings all = HttpBounds.generous();
            HttpSettings same = new HttpSettings(
                    all.host(),
                    server.port(),
                    1,
                    all.corsOrigins(),
                    all.connections(),
                    all.deadlines(),
                    all.drainage(),
                    all.work());

            assertThatExceptionOfType(PortUnavailable.class)
                    .isThrownBy(() -> TestServer.with().settings(same).start())
                    .withMessage(
                            "Cannot listen on 127.0.0.1:" + server.port() + ": the port is in use by another program");
        }
    }

    @Test
    void sharesOneFreePortBetweenSeveralEventLoops() throws Exception {
        HttpSettings all = HttpBounds.generous();
        HttpSettings three = new HttpSettings(
                all.host(), 0, 3, all.corsOrigins(), all.connections(), all.deadlines(), all.drainage(), all.work());
        try (TestServer server =
                TestServer.with(Echo.limited("/execute")).settings(three).start()) {
            int admitted = 0;
            for (int connection = 0; connection < 12; connection++) {
                try (RawClient client = server.connect()) {
                    client.send("POST /execute HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                    admitted += client.read().status() == 200 ? 1 : 0;
                }
            }

            assertThat(admitted).isEqualTo(10);
        }
    }
}
