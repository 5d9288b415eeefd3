package dev.headway.server;

import dev.headway.limiter.Ticker;
import dev.headway.server.config.Environment;
import dev.headway.server.config.Machine;
import dev.headway.server.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** A whole server on a free port, made of environment variables, and a client for it; for one thread. */
final class WholeServer implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Application application;

    private WholeServer(Application application) {
        this.application = application;
    }

    static WholeServer start(Path directory, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("PORT", "0");
        environment.putIfAbsent("HEADWAY_DATA", directory.resolve("var").toString());
        Machine machine = Machine.present().in(directory);
        Settings settings = Settings.of(Environment.read(Map.of(), environment, directory), machine);
        return new WholeServer(Application.start(settings, surroundings(directory, environment)));
    }

    static Surroundings surroundings(Path directory, Map<String, String> environment) {
        Home home = new Home(directory, Path.of(System.getProperty("java.home"), "bin", "java"));
        return new Surroundings(environment, home, directory, Clock.systemUTC(), Ticker.system(), ZoneOffset.UTC);
    }

    Application application() {
        return application;
    }

    URI uri(String path) {
        return URI.create(application.url() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(uri(path), headers).GET());
    }

    HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
        return send(request(uri(path), headers).POST(BodyPublishers.noBody()));
    }

    /** Posts, whatever comes of it: also when the server is gone. */
    void tryPost(String path) {
        try {
            post(path);
        } catch (IOException gone) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        application.close();
    }
}
