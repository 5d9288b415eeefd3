package dev.headway.server.top;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a running server who is refused most; for one thread. */
public final class TopSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI server;
    private final HttpRequest request;

    /**
     * Asks this server.
     *
     * @param server its address
     * @param key the operator's key
     * @param count how many clients are asked for, 1 to 100
     * @throws IllegalArgumentException when there can be no such server, or no such key
     */
    public TopSource(URI server, String key, int count) {
        this.server = server;
        this.request = HttpRequest.newBuilder(server.resolve("/api/admin/limits/top?count=" + count))
                .header("x-api-key", key)
                .timeout(PATIENCE)
                .build();
    }

    /** Returns the address of the server. */
    URI server() {
        return server;
    }

    /**
     * Returns what the server tells now.
     *
     * @throws NoLook when it does not
     */
    TopLook ask() throws InterruptedException {
        try {
            return look(client.send(request, BodyHandlers.ofString()));
        } catch (ConnectException refused) {
            throw new NoLook(server + " does not answer: nobody listens there", false);
        } catch (IOException broken) {
            throw new NoLook(server + " does not answer: " + broken.getMessage(), false);
        }
    }

    private TopLook look(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> parse(response.body());
            case 404 ->
                throw new NoLook(server + " does not know this ADMIN_API_KEY, or is a server without one", true);
            case 429 ->
                throw new NoLook(
                        server + " has been shown too many wrong keys from here; wait "
                                + response.headers().firstValue("retry-after").orElse("some") + " seconds",
                        true);
            default -> throw new NoLook(server + " answers with status " + response.statusCode(), false);
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
