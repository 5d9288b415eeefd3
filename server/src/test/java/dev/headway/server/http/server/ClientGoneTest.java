package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.Await;
import dev.headway.server.http.Access;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that do not wait for their answer. */
class ClientGoneTest {
    private static final String REQUEST = "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void cancelsWhatAClientThatHasGoneWasWaitingFor() throws Exception {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        try (TestServer server = TestServer.with(slow(answer, asked)).start()) {
            try (RawClient client = server.connect()) {
                client.send(REQUEST);
                assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(answer).isNotDone();
            }

            Await.until("the answer is given up", answer::isCancelled);
        }
    }

    @Test
    void cancelsNothingForAClientThatStaysAndGoesLater() throws Exception {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        try (TestServer server = TestServer.with(slow(answer, asked)).start();
                RawClient client = server.connect()) {
            client.send(REQUEST);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            answer.complete(Response.text(200, "there"));

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(answer).isCompleted();
        }
    }

    private static Route slow(CompletableFuture<Response> answer, CountDownLatch asked) {
        return Route.get("/slow", LimitClass.NONE, Access.OPEN, Handler.asynchronous(request -> {
            asked.countDown();
            return answer;
        }));
    }
}
