package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.Await;
import dev.headway.server.http.Access;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Method;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.answer.HeaderStyle;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.StorageSettings;
import dev.headway.server.throttle.settings.WhenAway;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Claims about requests whose limit is decided elsewhere. Threads do not share it. */
class AwaitedRulingTest {
    private static final StorageSettings ELSEWHERE =
            new StorageSettings(Optional.of("redis://elsewhere"), Duration.ofMillis(50), WhenAway.MEMORY, 1, 0);
    private static final String GET = "GET /count HTTP/1.1\r\nHost: a\r\n\r\n";

    private final LateStore store = new LateStore();
    private final AtomicInteger handled = new AtomicInteger();
    private final Route count = new Route(
            Method.GET,
            "/count",
            LimitClass.EXECUTE,
            Access.OPEN,
            BodyRule.ignored(),
            Handler.immediate(request -> Response.json(200, handled.incrementAndGet())));
    private final TestServer server = TestServer.with(Echo.limited("/echo"), count)
            .rateLimits(RateLimits.with("2/minute", HeaderStyle.ALL, Optional.empty())
                    .countedIn(ELSEWHERE))
            .store(store)
            .start();

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void theAnswerComesWhenTheStoreHasDecided() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(GET);
            Await.until("the store is asked", () -> store.asked() == 1);
            assertThat(handled).hasValue(0);

            store.answerOne();

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(handled).hasValue(1);
        }
    }

    @Test
    void whoIsRefusedIsToldSoAndMayGoOnOnTheSameConnection() throws Exception {
        try (RawClient client = server.connect()) {
            for (int status : new int[] {200, 200, 429, 429}) {
                client.send(GET);
                store.answerOne();
                RawClient.Answer answer = client.read();
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.head()).contains("x-ratelimit-limit: 2");
            }
        }
    }

    @Test
    void noByteOfABodyIsLostThatComesMeanwhile() throws Exception {
        String body = "x".repeat(200_000);
        try (RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body.substring(0, 150_000));
            Await.until("the store is asked", () -> store.asked() == 1);

            store.answerOne();
            client.send(body.substring(150_000));

            assertThat(client.read().body()).contains("\"bytes\":200000");
        }
    }

    @Test
    void anotherRequestOfTheConnectionIsNotBegunMeanwhile() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(GET + GET);
            Await.until("the store is asked", () -> store.asked() == 1);
            store.answerOne();
            assertThat(client.read().body()).isEqualTo("1");

            store.answerOne();

            assertThat(client.read().body()).isEqualTo("2");
            assertThat(store.asked()).isEqualTo(2);
        }
    }

    @Test
    void nothingIsDoneForWhoHasGoneMeanwhile() throws Exception {
        RawClient gone = server.connect();
        gone.send(GET);
        Await.until("the store is asked", () -> store.asked() == 1);
        gone.hangUp();
        Await.until("the connection is closed", () -> server.server().connections() == 0);

        store.answerOne();

        try (RawClient client = server.connect()) {
            client.send(GET);
            store.answerOne();
            assertThat(client.read().body()).isEqualTo("1");
        }
    }
}
