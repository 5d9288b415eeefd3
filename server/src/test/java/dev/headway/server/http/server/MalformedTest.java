package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedTest {
    private static final TestServer SERVER = TestServer.with(
                    Echo.route(Method.GET, "/echo"), Echo.route(Method.POST, "/echo"), Echo.limited("/limited"))
            .start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                // two readings of where the body ends
                refused(
                        "Content-Length and chunked",
                        400,
                        post("Content-Length: 3\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
                refused(
                        "chunked and Content-Length",
                        400,
                        post("Transfer-Encoding: chunked\r\nContent-Length: 3") + "0\r\n\r\n"),
                refused(
                        "the same in HTTP/1.0",
                        400,
                        post("Content-Length: 3\r\nTransfer-Encoding: chunked").replace("1.1", "1.0") + "0\r\n\r\n"),
                refused(
                        "chunked in HTTP/1.0",
                        400,
                        post("Transfer-Encoding: chunked").replace("1.1", "1.0") + "0\r\n\r\n"),
                refused("an unknown coding", 400, post("Transfer-Encoding: xchunked")),
                refused("identity", 400, post("Transfer-Encoding: identity\r\nContent-Length: 0")),
                refused("gzip, chunked", 400, post("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n"),
                refused("chunked, identity", 400, post("Transfer-Encoding: chunked, identity") + "0\r\n\r\n"),
                refused(
                        "chunked twice",
                        400,
                        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
                refused("two Content-Lengths", 400, post("Content-Length: 3\r\nContent-Length: 4") + "abc"),
                refused("two equal Content-Lengths", 400, post("Content-Length: 3\r\nContent-Length: 3") + "abc"),
                refused("a list of lengths", 400, post("Content-Length: 5, 5") + "abcde"),
                refused("a signed length", 400, post("Content-Length: +5") + "abcde"),
                refused("a negative length", 400, post("Content-Length: -1")),
                refused("a length beyond all numbers", 400, post("Content-Length: 99999999999999999999")),
                // whom it is meant for
                refused("no Host", 400, "GET /echo HTTP/1.1\r\n\r\n"),
                refused("two Hosts", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
                refused("a Host that is none", 400, "GET /echo HTTP/1.1\r\nHost: a b\r\n\r\n"),
                refused("an absolute target", 400, get("http://evil/echo")),
                refused("a relative target", 400, get("echo")),
                refused("a target of a query", 400, get("?a")),
                refused("a star", 400, get("*")),
                refused("CONNECT", 400, "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
                refused("OPTIONS *", 400, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
                // no HTTP
                refused("a space before the colon", 400, "GET /echo HTTP/1.1\r\nHost : a\r\n\r\n"),
                refused("a header without a name", 400, "GET /echo HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"),
                refused("a bad header name", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nX(y): b\r\n\r\n"),
                refused("a NUL in a value", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n"),
                refused("a bare CR in a value", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n"),
                refused("a space in the target", 400, "GET /ec ho HTTP/1.1\r\nHost: a\r\n\r\n"),
                refused("HTTP/0.9", 400, "GET /echo\r\n\r\n"),
                refused("TLS", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"),
                refused("HTTP/1.2", 505, "GET /echo HTTP/1.2\r\nHost: a\r\n\r\n"),
                refused("HTTP/2.0", 505, "GET /echo HTTP/2.0\r\nHost: a\r\n\r\n"),
                // too much
                refused("a long line", 414, get("/" + "a".repeat(5_000))),
                refused("many headers", 431, "GET /echo HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(9_000) + "\r\n\r\n"),
                refused(
                        "nine kilobytes of commas",
                        431,
                        "GET /echo HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + ",".repeat(9_000) + "\r\n\r\n"),
                refused(
                        "a thousand addresses",
                        431,
                        "GET /echo HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + "1.2.3.4, ".repeat(1_000) + "\r\n\r\n"),
                // keys
                refused("a NUL in a key", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nX-API-Key: a\0b\r\n\r\n"),
                refused("a line break in a key", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nX-API-Key: a\nb\r\n\r\n"),
                // bodies
                refused("an encoded body", 415, post("Content-Encoding: gzip\r\nContent-Length: 3") + "abc"),
                refused("an expectation of another kind", 417, post("Expect: a-miracle\r\nContent-Length: 3") + "abc"),
                refused("a body announced too large", 413, post("Content-Length: 100001")),
                refused(
                        "a chunked body that gets too large",
                        413,
                        post("Transfer-Encoding: chunked") + "186a1\r\n" + "a".repeat(100_001)),
                refused(
                        "a chunk size that is none",
                        400,
                        post("Transfer-Encoding: chunked") + "zz\r\nabc\r\n0\r\n\r\n"),
                refused(
                        "a chunk without its end",
                        400,
                        post("Transfer-Encoding: chunked") + "3\r\nabcdef\r\n0\r\n\r\n"),
                refused("a negative chunk", 400, post("Transfer-Encoding: chunked") + "-1\r\nabc\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWithJson(String claim, int status, String sent) throws Exception {
        try (RawClient client = SERVER.connect()) {
            RawClient.Answer answer = client.send(sent).read();

            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).startsWith("{\"detail\":\"").endsWith("\"}");
            assertThat(answer.field("content-type")).contains("application/json");
        }
    }

    @Test
    void doesNotReadASecondRequestBehindOneThatItCouldNotRead() throws Exception {
        try (RawClient client = SERVER.connect()) {
            client.send(post("Content-Length: 44\r\nTransfer-Encoding: chunked") + "0\r\n\r\n" + get("/echo"));

            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void acceptsWhatIsUnusualButClear() throws Exception {
        try (RawClient client = SERVER.connect()) {
            client.send(post("Transfer-Encoding: Chunked") + "3;name=\"x\"\r\nabc\r\n0\r\nTrailer: x\r\n\r\n");
            client.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            client.send("GET /echo HTTP/1.1\r\nHost:\t[::1]:80 \r\nX: folded\r\n value\r\n\r\n");

            assertThat(client.read().body()).contains("\"text\":\"abc\"");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void doesNotSpeakHttp2() throws Exception {
        try (RawClient client = SERVER.connect()) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

            assertThat(client.read().status()).isBetween(400, 505);
        }
        try (RawClient client = SERVER.connect()) {
            client.send(String.join(
                    "\r\n",
                    "GET /echo HTTP/1.1",
                    "Host: a",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
                    "",
                    ""));

            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        try (RawClient client = SERVER.connect()) {
            client.send(post("Content-Length: 1") + "1" + get("/nothing") + post("Content-Length: 1") + "3");

            assertThat(client.read().body()).contains("\"text\":\"1\"");
            assertThat(client.read().status()).isEqualTo(404);
            assertThat(client.read().body()).contains("\"text\":\"3\"");
        }
    }

    @Test
    void neverHandsAnUnfinishedBodyToAHandler() throws Exception {
        try (RawClient client = SERVER.connect()) {
            client.send(post("Content-Length: 10") + "abc").sendEnd();

            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(SERVER.get("/echo").statusCode()).isEqualTo(200);
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static String post(String fields) {
        return "POST /echo HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n";
    }

    private static Arguments refused(String claim, int status, String sent) {
        return Arguments.of(claim, status, sent);
    }
}
