package dev.headway.server.top;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A question asked of a server on the network, by HTTP or HTTPS; for one thread. */
final class NetworkAsking implements Asking {
    private final HttpClient client;
    private final HttpRequest request;

    /**
     * Asks this server.
     *
     * @throws IllegalArgumentException when there can be no such address, or no such key
     */
    NetworkAsking(URI question, String key, Duration patience) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        this.request = HttpRequest.newBuilder(question)
                .header("x-api-key", key)
                .timeout(patience)
                .build();
    }

    @Override
    public Answer ask() throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers().firstValue("retry-after"), response.body());
    }
}
