package dev.headway.server.top;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Asks a running server who is refused most; for one thread. */
public final class TopSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String server;
    private final Asking asking;

    private TopSource(String server, Asking asking) {
        this.server = server;
        this.asking = asking;
    }

    /**
     * Returns one that asks a server on the network.
     *
     * @param server its address
     * @param key the operator's key
     * @param count how many clients are asked for, 1 to 100
     * @throws IllegalArgumentException when there can be no such server, or no such key
     */
    public static TopSource at(URI server, String key, int count) {
        return new TopSource(server.toString(), new NetworkAsking(server.resolve(target(count)), key, PATIENCE));
    }

    /**
     * Returns one that asks the server on a Unix socket.
     *
     * @param socket its file
     * @param key the operator's key
     * @param count how many clients are asked for, 1 to 100
     * @throws IllegalArgumentException when there can be no such socket, or no such key
     */
    public static TopSource on(Path socket, String key, int count) {
        return new TopSource("unix:" + socket, new SocketAsking(socket, target(count), key, PATIENCE));
    }

    private static String target(int count) {
        return "/api/admin/limits/top?count=" + count;
    }

    /**
     * Returns what the server tells now.
     *
     * @throws NoLook when it does not
     */
    TopLook ask() throws InterruptedException {
        try {
            return look(asking.ask());
        } catch (ConnectException refused) {
            throw new NoLook(server + " does not answer: nobody listens there", false);
        } catch (IOException broken) {
            throw new NoLook(server + " does not answer: " + broken.getMessage(), false);
        }
    }

    private TopLook look(Asking.Answer answer) {
        return switch (answer.status()) {
            case 200 -> parse(answer.body());
            case 404 ->
                throw new NoLook(server + " does not know this ADMIN_API_KEY, or is a server without one", true);
            case 429 ->
                throw new NoLook(
                        server + " has been shown too many wrong keys from here; wait "
                                + answer.retryAfter().orElse("some") + " seconds",
                        true);
            default -> throw new NoLook(server + " answers with status " + answer.status(), false);
        };
    }

    private TopLook parse(String body) {
        try {
            return TopLook.parse(body);
        } catch (IllegalArgumentException strange) {
            throw new NoLook(server + " is no Headway server: " + strange.getMessage(), true);
        }
    }
}
