package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.load.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose limits follow its load, for which a script in the place of nvidia-smi stands. */
class LoadFollowedTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void lowersTheLimitOfExecuteWhileTheCardIsBusyAndForgetsNothing() throws Exception {
        Script card = new Script(directory, "nvidia-smi");
        card.does("echo 97");
        try (Application application = start(card.environment())) {
            Await.until("the server is busy", () -> health(application).contains("\"busy\":true"));
            assertThat(health(application))
                    .contains("\"training-execute\":\"5/minute\"")
                    .contains("\"dynamic\":{\"source\":\"gpu\",\"busy\":true,\"level\":97.0,\"busy_above\":90,");
            assertThat(admitted(application, 20)).isEqualTo(5);

            HttpResponse<String> refused = execute(application);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("ratelimit-policy")).contains("\"training-execute\";q=5;w=60");
            assertThat(refused.body()).contains("\"detail\":\"5 per 1 minute\"", "\"lowered_for_load\":true");
            assertThat(get(application, "/api/limits"))
                    .contains("\"limit\":\"5 per 1 minute\",\"quota\":5,")
                    .contains("\"lowered\":true");

            card.does("echo 12");
            Await.until("the server is not busy", () -> health(application).contains("\"busy\":false"));
            assertThat(health(application)).contains("\"training-execute\":\"10/minute\"");
            assertThat(admitted(application, 20)).isEqualTo(5);
        }
    }

    @Test
    void keepsTheUsualLimitsAndAnswersHealthWhileTheProgramHangs() throws Exception {
        Script card = new Script(directory, "nvidia-smi");
        card.does("sleep 1000");
        try (Application application = start(card.environment())) {
            assertThat(health(application)).contains("\"busy\":false,\"level\":null");
            assertThat(admitted(application, 20)).isEqualTo(10);
        }
    }

    @Test
    void followsACommandOfTheOperators() throws Exception {
        Map<String, String> settings = Map.of(
                "DYNAMIC_LIMIT_SOURCE", "command", "DYNAMIC_LIMIT_COMMAND", "echo 99.5", "GPU_BUSY_PERCENT", "99");
        try (Application application = start(settings)) {
            Await.until("the server is busy", () -> health(application).contains("\"busy\":true"));

            assertThat(health(application)).contains("\"source\":\"command\"", "\"level\":99.5");
            assertThat(admitted(application, 20)).isEqualTo(5);
        }
    }

    @Test
    void looksAtNothingWhereLimitsAreOff() throws Exception {
        Script card = new Script(directory, "nvidia-smi");
        card.does("echo 97");
        Map<String, String> settings = new HashMap<>(card.environment());
        settings.put("RATE_LIMIT_ENABLED", "false");
        try (Application application = start(settings)) {
            assertThat(health(application)).contains("\"dynamic\":{\"source\":\"off\",\"busy\":false,");
        }
    }

    private Application start(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("DYNAMIC_LIMIT_INTERVAL", "0.1");
        return WholeServer.start(directory, environment).application();
    }

    private int admitted(Application application, int requests) {
        int admitted = 0;
        for (int request = 0; request < requests; request++) {
            admitted += execute(application).statusCode() == 429 ? 0 : 1;
        }
        return admitted;
    }

    /** Sends what is no job, since bad requests count like good ones. */
    private HttpResponse<String> execute(Application application) {
        return send(HttpRequest.newBuilder(URI.create(application.url() + "/api/training/execute"))
                .POST(BodyPublishers.ofString("{}"))
                .build());
    }

    private String health(Application application) {
        return get(application, "/health");
    }

    private String get(Application application, String path) {
        return send(HttpRequest.newBuilder(URI.create(application.url() + path)).build())
                .body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
