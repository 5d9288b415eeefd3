package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.client.ClientCase;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of docs/callers.md over real connections.
 *
 * <p>All of them come from this machine. It stands for the trusted proxy of a row at a server that trusts it, and for the
 * stranger of a row at one that trusts nobody; {@link UnixSocketTest} connects in the other way.
 */
class ClientTableTest {
    private static final TestServer TRUSTING =
            TestServer.with(Echo.caller()).trusting(ClientCase.TRUSTED).start();
    private static final TestServer TRUSTING_NOBODY =
            TestServer.with(Echo.caller()).start();

    @AfterAll
    static void stop() {
        TRUSTING.close();
        TRUSTING_NOBODY.close();
    }

    static Stream<ClientCase> cases() throws IOException {
        return ClientCase.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isHowRealRequestsAreCounted(ClientCase asked) throws Exception {
        TestServer server = ClientCase.TRUSTED.contains(asked.peerAddress()) ? TRUSTING : TRUSTING_NOBODY;

        RawClient.Answer answer = ask(server, asked);

        assertThat(answer.body()).isEqualTo("{\"client\":\"" + expected(asked) + "\"}");
    }

    private static ClientAddress expected(ClientCase asked) {
        boolean isThePeer = !ClientCase.TRUSTED.contains(asked.peerAddress())
                || asked.clientAddress().equals(asked.peerAddress());
        return isThePeer ? ClientAddress.LOOPBACK : asked.clientAddress();
    }

    private static RawClient.Answer ask(TestServer server, ClientCase asked) throws IOException {
        StringBuilder request = new StringBuilder("GET /caller HTTP/1.1\r\nHost: a\r\n");
        asked.headerFields().forEach(field -> request.append(field).append("\r\n"));
        try (RawClient client = server.connect()) {
            return client.send(request.append("\r\n").toString()).read();
        }
    }
}
