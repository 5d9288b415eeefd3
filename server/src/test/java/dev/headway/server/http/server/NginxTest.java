package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server behind a real nginx, set up by deploy/nginx/headway.conf; clients come from several addresses of loopback. */
class NginxTest {
    private static final String ALICE = "127.0.0.5";
    private static final String BOB = "127.0.0.6";

    private final TestServer server = TestServer.with(Echo.caller(), Echo.limited("/execute"))
            .trusting("127.0.0.1/32")
            .start();
    private Nginx nginx = Nginx.none();

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        assumeThat(Nginx.isInstalled())
                .as("nginx is not installed, so nothing is tested behind it (Debian: apt-get install nginx-light)")
                .isTrue();
        nginx = Nginx.start(directory, "headway.conf", Map.of("127.0.0.1:8000", server.port()));
    }

    @AfterEach
    void stop() {
        nginx.close();
        server.close();
    }

    @Test
    void tellsWhoIsBehindTheProxy() throws Exception {
        assertThat(ask(ALICE)).isEqualTo(ALICE);
        assertThat(ask(BOB)).isEqualTo(BOB);
    }

    @Test
    void isNotTakenInByWhatAClientSaysOfItself() throws Exception {
        assertThat(ask(ALICE, "X-Forwarded-For: 198.51.100.1")).isEqualTo(ALICE);
        assertThat(ask(ALICE, "X-Forwarded-For: 198.51.100.1, 127.0.0.1")).isEqualTo(ALICE);
        assertThat(ask(ALICE, "X-Forwarded-For: 1.2.3.4", "X-Forwarded-For: 198.51.100.1"))
                .isEqualTo(ALICE);
        assertThat(ask(ALICE, "X-Real-IP: 198.51.100.1")).isEqualTo(ALICE);
        assertThat(ask(ALICE, "Forwarded: for=198.51.100.1")).isEqualTo(ALICE);
        assertThat(ask(ALICE, "X-Forwarded-For: garbage")).isEqualTo(ALICE);
        assertThat(ask(ALICE, "X-Forwarded-For: " + ",".repeat(4_000))).isEqualTo(ALICE);
    }

    @Test
    void limitsEachClientBehindTheProxyByItself() throws Exception {
        assertThat(execute(ALICE, 20)).isEqualTo(10);
        assertThat(execute(BOB, 20)).isEqualTo(10);
    }

    @Test
    void passesOnWhenToComeBack() throws Exception {
        execute(ALICE, 10);

        try (RawClient client = new RawClient(ALICE, nginx.port())) {
            RawClient.Answer answer = client.send("POST /execute HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
                    .read();

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.field("retry-after")).contains("60");
            assertThat(answer.field("ratelimit")).contains("\"training-execute\";r=0;t=60");
        }
    }

    @Test
    void believesNobodyWhoComesAroundTheProxy() throws Exception {
        try (RawClient stranger = new RawClient(BOB, server.port())) {
            RawClient.Answer answer = stranger.send(
                            "GET /caller HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.1\r\n\r\n")
                    .read();

            assertThat(answer.body()).contains(BOB);
        }
    }

    /** Returns the address by which a request from this address is counted. */
    private String ask(String from, String... headerFields) throws IOException {
        StringBuilder request = new StringBuilder("GET /caller HTTP/1.1\r\nHost: a\r\n");
        for (String field : headerFields) {
            request.append(field).append("\r\n");
        }
        try (RawClient client = new RawClient(from, nginx.port())) {
            String body = client.send(request.append("\r\n").toString()).read().body();
            return body.replace("{\"client\":\"", "").replace("\"}", "");
        }
    }

    /** Sends so many requests and returns how many were admitted. */
    private int execute(String from, int requests) throws IOException {
        int admitted = 0;
        try (RawClient client = new RawClient(from, nginx.port())) {
            for (int request = 0; request < requests; request++) {
                client.send("POST /execute HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
                admitted += client.read().status() == 200 ? 1 : 0;
            }
        }
        return admitted;
    }
}
