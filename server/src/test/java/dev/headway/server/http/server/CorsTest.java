package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Method;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CorsTest {
    private static final TestServer SERVER = TestServer.with(Echo.limited("/execute"), Echo.route(Method.GET, "/echo"))
            .start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void allowsAPageOfAKnownOriginToAsk() throws Exception {
        RawClient.Answer answer = ask(
                "OPTIONS /execute",
                "Origin: http://localhost:3000\r\n"
                        + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type, x-api-key");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
        assertThat(answer.field("content-type")).contains("text/plain; charset=utf-8");
        assertThat(answer.field("access-control-allow-origin")).contains("http://localhost:3000");
        assertThat(answer.field("access-control-allow-credentials")).contains("true");
        assertThat(answer.field("access-control-allow-methods"))
                .contains("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
        assertThat(answer.field("access-control-allow-headers")).contains("content-type, x-api-key");
        assertThat(answer.field("access-control-max-age")).contains("600");
        assertThat(answer.field("vary")).contains("Origin");
    }

    @Test
    void disallowsAPageOfAnotherOrigin() throws Exception {
        RawClient.Answer answer =
                ask("OPTIONS /execute", "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("Disallowed CORS origin");
        assertThat(answer.field("access-control-allow-origin")).isEmpty();
    }

    @Test
    void letsAKnownPageReadTheAnswer() throws Exception {
        RawClient.Answer answer = ask("GET /echo", "Origin: http://localhost:3000");

        assertThat(answer.field("access-control-allow-origin")).contains("http://localhost:3000");
        assertThat(answer.field("access-control-allow-credentials")).contains("true");
        assertThat(answer.field("vary")).contains("Origin");
    }

    @Test
    void answersAnotherPageWithoutLettingItRead() throws Exception {
        RawClient.Answer answer = ask("GET /echo", "Origin: http://evil.example");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("access-control-allow-origin")).isEmpty();
        assertThat(answer.field("vary")).contains("Origin");
    }

    @Test
    void letsAPageReadItsRefusal() throws Exception {
        for (int request = 0; request < 10; request++) {
            ask("POST /execute", "Content-Length: 0");
        }

        RawClient.Answer answer = ask("POST /execute", "Origin: http://localhost:3000\r\nContent-Length: 0");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.field("access-control-allow-origin")).contains("http://localhost:3000");
        assertThat(answer.field("access-control-expose-headers"))
                .hasValueSatisfying(names -> assertThat(names).contains("Retry-After"));
    }

    @Test
    void neverCountsAPreflight() throws Exception {
        for (int request = 0; request < 30; request++) {
            assertThat(ask("OPTIONS /execute", "Origin: http://localhost:3000\r\nAccess-Control-Request-Method: POST")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static RawClient.Answer ask(String verbAndPath, String fields) throws IOException {
        try (RawClient client = SERVER.connect()) {
            return client.send(verbAndPath + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n")
                    .read();
        }
    }
}
