package dev.headway.server.top;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A question asked of a server on a Unix socket, of which Java's own HTTP client knows nothing; for one thread.
 *
 * <p>The question is put by HTTP/1.0: so the answer is not in chunks, and ends when the server closes the connection.
 */
final class SocketAsking implements Asking {
    private static final int MOST_BYTES = 1 << 20;

    private final UnixDomainSocketAddress address;
    private final String question;
    private final Duration patience;

    /**
     * Asks the server that listens on this socket.
     *
     * @throws IllegalArgumentException when there can be no such socket, or no such key
     */
    SocketAsking(Path socket, String target, String key, Duration patience) {
        if (key.chars().anyMatch(letter -> letter <= ' ' || letter > '~')) {
            throw new IllegalArgumentException("the key has letters that cannot be sent; accepted are those of ASCII");
        }
        this.address = UnixDomainSocketAddress.of(socket);
        this.question = "GET " + target + " HTTP/1.0\r\nhost: localhost\r\nx-api-key: " + key + "\r\n\r\n";
        this.patience = patience;
    }

    @Override
    public Answer ask() throws IOException {
        try (SocketChannel channel = SocketChannel.open(address);
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return AnswerText.parse(readAll(channel, selector));
        }
    }

    private String readAll(SocketChannel channel, Selector selector) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer some = ByteBuffer.allocate(8_192);
        while (all.size() <= MOST_BYTES) {
            if (selector.select(patience.toMillis()) == 0) {
                throw new SocketTimeoutException("nothing came for " + patience.toSeconds() + " seconds");
            }
            selector.selectedKeys().clear();
            if (channel.read(some) < 0) {
                return all.toString(StandardCharsets.UTF_8);
            }
            all.write(some.array(), 0, some.position());
            some.clear();
        }
        throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
    }
}
