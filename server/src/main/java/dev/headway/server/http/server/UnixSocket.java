package dev.headway.server.http.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of a Unix socket, which outlives the server that made it; stateless.
 *
 * <p>A socket left behind by a server that was killed is removed, one that somebody listens on is not. Whoever may reach the
 * file may connect, as whoever reaches a port may: the directory decides who that is.
 */
final class UnixSocket {
    private UnixSocket() {}

    /**
     * Makes room for a socket.
     *
     * @throws PortUnavailable when there is something else, or a server that runs
     */
    static void prepare(Path socket) {
        try {
            if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
                requireAbandoned(socket);
                Files.delete(socket);
            }
        } catch (IOException failure) {
            throw new PortUnavailable("Cannot listen on unix:" + socket + ": " + failure, failure);
        }
    }

    /** Lets everybody connect who reaches the file. */
    static void open(Path socket) {
        try {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException failure) {
            throw new PortUnavailable("Cannot listen on unix:" + socket + ": " + failure, failure);
        }
    }

    private static void requireAbandoned(Path socket) throws IOException {
        if (!Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw unavailable(socket, "it is a file, and is no socket");
        }
        if (isListenedOn(socket)) {
            throw unavailable(socket, "it is in use by another program");
        }
    }

    private static boolean isListenedOn(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (ConnectException abandoned) {
            return false;
        }
    }

    private static PortUnavailable unavailable(Path socket, String reason) {
        return new PortUnavailable("Cannot listen on unix:" + socket + ": " + reason);
    }
}
