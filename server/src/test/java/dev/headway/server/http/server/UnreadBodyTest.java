package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the body of a request that is refused before it is read. */
class UnreadBodyTest {
    private static final int CAP = 1 << 20;
    private static final int KERNEL = 16 << 20;

    private final TestServer server = TestServer.with(Echo.limited("/execute")).start();

    @BeforeEach
    void useUpTheLimit() throws Exception {
        for (int request = 0; request < 10; request++) {
            server.post("/execute", "{}");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersBeforeASingleByteOfTheBodyHasCome() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(post("Content-Length: 52428800"));

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.field("connection")).contains("close");
        }
    }

    @Test
    void keepsTheConnectionWhenTheBodyIsSmall() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(post("Content-Length: 60000") + "a".repeat(60_000));
            client.send(post("Content-Length: 2") + "{}");

            assertThat(client.read().field("connection")).isEmpty();
            assertThat(client.read().status()).isEqualTo(429);
        }
    }

    @Test
    void letsAClientThatSendsAllFirstReadItsRefusalUpToTheCap() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(post("Content-Length: " + CAP)).send(new byte[CAP]);

            RawClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.field("connection")).contains("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void letsAClientThatSendsChunksFirstReadItsRefusal() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(post("Transfer-Encoding: chunked") + "80000\r\n" + "a".repeat(0x80000) + "\r\n0\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(429);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void takesNoMoreThanTheCapFromAClientThatNeverStops() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(post("Content-Length: 1000000000"));

            assertThat(client.sendUntilRefused(1_000_000_000)).isLessThan(CAP + KERNEL);
        }
    }

    @Test
    void letsSomeClientsGoBeyondTheCap() throws Exception {
        HttpSettings.Drainage one =
                new HttpSettings.Drainage(65_536, CAP, 1, Duration.ofSeconds(10), Duration.ofMillis(200));
        try (TestServer generous = TestServer.with(Echo.limited("/execute"))
                .settings(HttpBounds.with(one))
                .start()) {
            for (int request = 0; request < 10; request++) {
                generous.post("/execute", "{}");
            }
            for (int attempt = 0; attempt < 3; attempt++) {
                try (RawClient client = generous.connect()) {
                    client.send(post("Content-Length: 50000000"));

                    assertThat(client.sendUntilRefused(50_000_000)).isEqualTo(50_000_000);
                    assertThat(client.read().status()).isEqualTo(429);
                    assertThat(client.isClosedByServer()).isTrue();
                }
            }
        }
    }

    @Test
    void refusesWithoutAskingForABodyThatWaitsToBeAskedFor() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(post("Content-Length: 10\r\nExpect: 100-continue"));

            assertThat(client.read().status()).isEqualTo(429);
        }
    }

    @Test
    void asksForABodyThatItWillRead() throws Exception {
        server.limitTicker().advance(Duration.ofMinutes(2));
        try (RawClient client = server.connect()) {
            client.send(post("Content-Length: 2\r\nExpect: 100-continue"));
            assertThat(client.read().status()).isEqualTo(100);

            client.send("{}");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void letsJavaClientsReadTheirRefusalOfAnyBody() throws Exception {
        for (int size : new int[] {0, 300, 1_000_000, 50_000_000}) {
            HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.uri("/execute"))
                    .POST(BodyPublishers.ofByteArray(new byte[size]))
                    .build());

            assertThat(answer.statusCode()).as("%d bytes", size).isEqualTo(429);
        }
    }

    @Test
    void treatsEveryEarlyAnswerAlike() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: " + CAP + "\r\n\r\n")
                    .send(new byte[CAP]);

            assertThat(client.read().status()).isEqualTo(404);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    private static String post(String fields) {
        return "POST /execute HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n";
    }
}
