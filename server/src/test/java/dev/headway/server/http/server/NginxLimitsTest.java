package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx that limits by itself, set up by deploy/nginx/limit-req.conf. */
class NginxLimitsTest {
    private static final String SUBMISSION =
            "POST /api/training/execute HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";

    @TempDir
    Path directory;

    @BeforeEach
    void requireNginx() {
        assumeThat(Nginx.isInstalled())
                .as("nginx is not installed, so nothing is tested behind it (Debian: apt-get install nginx-light)")
                .isTrue();
    }

    @Test
    void refusesAFloodBeforeTheServerSeesItAndSaysSoAsTheServerWould() throws Exception {
        try (TestServer server =
                        TestServer.with(Echo.limited("/api/training/execute")).start();
                Nginx nginx = start(server);
                RawClient client = new RawClient("127.0.0.5", nginx.port())) {
            int admitted = 0;
            RawClient.Answer answer = client.send(SUBMISSION).read();
            while (answer.status() == 200) {
                admitted++;
                answer = client.send(SUBMISSION).read();
            }

            // Six at once, and one more for every six seconds that a slow machine took for it.
            assertThat(admitted).isBetween(6, 9);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.field("ratelimit")).as("a field of the server's").isEmpty();
            assertThat(answer.field("retry-after")).contains("6");
            assertThat(answer.field("content-type")).contains("application/json");
            assertThat(answer.body())
                    .isEqualTo("{\"error\":\"Rate limit exceeded\",\"detail\":\"10 per 1 minute\","
                            + "\"message\":\"Too many requests; try again in 6 seconds.\",\"retry_after\":6,"
                            + "\"success\":false}");
        }
    }

    @Test
    void passesOnTheRefusalsOfTheServer() throws Exception {
        try (TestServer server = TestServer.with(Echo.limited("/api/training/execute"))
                        .trusting("127.0.0.1/32")
                        .start();
                Nginx nginx = start(server);
                RawClient around = new RawClient("127.0.0.5", server.port());
                RawClient client = new RawClient("127.0.0.5", nginx.port())) {
            for (int request = 0; request < 10; request++) {
                around.send(SUBMISSION).read();
            }

            RawClient.Answer answer = client.send(SUBMISSION).read();

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.field("ratelimit")).contains("\"training-execute\";r=0;t=60");
        }
    }

    @Test
    void leavesOtherRoutesAlone() throws Exception {
        try (TestServer server = TestServer.with(Echo.caller()).start();
                Nginx nginx = start(server);
                RawClient client = new RawClient("127.0.0.5", nginx.port())) {
            for (int request = 0; request < 30; request++) {
                assertThat(client.send("GET /caller HTTP/1.1\r\nHost: a\r\n\r\n")
                                .read()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    private Nginx start(TestServer server) throws IOException {
        return Nginx.start(directory, "limit-req.conf", Map.of("127.0.0.1:8000", server.port()));
    }
}
