package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
    @TempDir
    Path directory;

    @Test
    void servesClientsOnEveryEventLoop() throws Exception {
        try (TestServer server = listening(socket())) {
            for (int request = 0; request < 8; request++) {
                assertThat(get(socket())).startsWith("HTTP/1.1 200 OK");
            }
            assertThat(server.server().url()).isEqualTo("unix:" + socket());
        }
    }

    @Test
    void leavesNoSocketBehind() throws Exception {
        listening(socket()).close();

        assertThat(socket()).doesNotExist();
    }

    @Test
    void takesThePlaceOfASocketThatNobodyListensOn() throws Exception {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket()))
                .close();
        assertThat(socket()).exists();

        try (TestServer server = listening(socket())) {
            assertThat(get(socket())).startsWith("HTTP/1.1 200 OK");
            assertThat(server.server().connections()).isNotNegative();
        }
    }

    @Test
    void doesNotTakeASocketFromAServerThatRuns() throws Exception {
        try (TestServer running = listening(socket())) {
            assertThatExceptionOfType(PortUnavailable.class)
                    .isThrownBy(() -> listening(socket()))
                    .withMessageContaining("unix:" + socket())
                    .withMessageContaining("in use by another program");
            assertThat(get(socket())).startsWith("HTTP/1.1 200 OK");
            assertThat(running.server().url()).startsWith("unix:");
        }
    }

    @Test
    void doesNotTakeAFileForASocket() throws Exception {
        Path file = Files.writeString(directory.resolve("notes"), "keep me");

        assertThatExceptionOfType(PortUnavailable.class)
                .isThrownBy(() -> listening(file))
                .withMessageContaining("is no socket");
        assertThat(file).hasContent("keep me");
    }

    @Test
    void countsItsClientsAsThisMachineAndBelievesThemLikeIt() throws Exception {
        try (TestServer server = listening(socket())) {
            assertThat(server.server().url()).isNotEmpty();
            assertThat(get(socket(), "X-Forwarded-For: 198.51.100.1")).contains("\"client\":\"127.0.0.1\"");
        }
        try (TestServer trusting = TestServer.with(Echo.caller())
                .settings(HttpBounds.listeningOn("unix:" + socket()))
                .trusting("127.0.0.0/8")
                .start()) {
            assertThat(get(socket(), "X-Forwarded-For: 198.51.100.1")).contains("\"client\":\"198.51.100.1\"");
            assertThat(trusting.server().url()).isNotEmpty();
        }
    }

    private Path socket() {
        return directory.resolve("headway.sock");
    }

    private static TestServer listening(Path socket) {
        return TestServer.with(Echo.caller())
                .settings(HttpBounds.listeningOn("unix:" + socket))
                .start();
    }

    private static String get(Path socket, String... headerFields) throws IOException {
        StringBuilder request = new StringBuilder("GET /caller HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
        for (String field : headerFields) {
            request.append(field).append("\r\n");
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
