package dev.headway.server.http.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens and what it lets a client take from it; an immutable value.
 *
 * @param host the address to listen on, or {@code unix:} and the path of a Unix socket
 * @param port the port, 0 for any free one
 * @param eventLoops how many threads do the networking, 1 or more
 * @param corsOrigins the origins whose pages may call, or "*" for all
 * @param connections bounds on connections
 * @param deadlines how long a client may take
 * @param drainage what is still read of the body of a refused request
 * @param work bounds on what is done at once
 */
public record HttpSettings(
        String host,
        int port,
        int eventLoops,
        List<String> corsOrigins,
        Connections connections,
        Deadlines deadlines,
        Drainage drainage,
        Work work) {
    private static final String UNIX = "unix:";

    /** Copies the origins. */
    public HttpSettings {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** Finds the Unix socket to listen on, if it is to be one. */
    public Optional<Path> unixSocket() {
        return host.startsWith(UNIX) ? Optional.of(Path.of(host.substring(UNIX.length()))) : Optional.empty();
    }

    /** Returns whether only this machine can reach the server; of a name of which nothing is known, the answer is no. */
    public boolean isLocal() {
        return unixSocket().isPresent() || isLoopback();
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /**
     * Bounds on connections, so that strangers cannot use up the file descriptors that jobs and the database need.
     *
     * @param max all connections together; one more is answered 503 and closed
     * @param maxPerClient connections of one address, except those of trusted proxies
     */
    public record Connections(int max, int maxPerClient) {}

    /**
     * How long a client may take; whoever takes longer is answered 408 where an answer is due, and disconnected.
     *
     * @param head from the first byte of a request's head to its last
     * @param body before the bytes of a body must have come at the rate
     * @param bytesPerSecond the least rate of a body, and of a client reading an answer
     * @param idle between requests
     * @param check how often all this is looked at
     */
    public record Deadlines(Duration head, Duration body, int bytesPerSecond, Duration idle, Duration check) {}

    /**
     * What is still read of the body of a refused request; see {@link Refusal}.
     *
     * @param smallBytes a body that is announced to be no longer is dropped and the connection kept
     * @param capBytes so much of any other is read
     * @param spares so many connections at once may go beyond the cap
     * @param time how long any of it may take
     * @param linger from the end of reading to the close
     */
    public record Drainage(int smallBytes, long capBytes, int spares, Duration time, Duration linger) {}

    /**
     * Bounds on what is done at once.
     *
     * @param workers handlers that run at once
     * @param queued requests that wait for a worker; one more is answered 503
     * @param bodyBytes bytes of bodies that are in memory at once; a body that would exceed it is answered 503
     */
    public record Work(int workers, int queued, long bodyBytes) {}
}
