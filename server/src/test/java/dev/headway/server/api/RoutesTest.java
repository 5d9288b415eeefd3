package dev.headway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.caller.keys.KnownKeys;
import dev.headway.server.http.Route;
import dev.headway.server.http.server.Keys;
import dev.headway.server.throttle.settings.LimitClass;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each route costs and asks for, and what the routes say when their engine is gone. */
final class RoutesTest {
    @TempDir
    Path temporary;

    @Test
    void limitEachEndpointByItsClassAndAskForItsKey() throws Exception {
        try (ApiServer server = ApiServer.withOwnTrainer(temporary)) {
            List<Route> routes = server.routes();

            assertThat(routes)
                    .extracting(route -> route.endpoint() + " " + route.limitClass() + " " + route.access() + " "
                            + (route.body().keep() ? route.body().maxBytes() : "-"))
                    .containsExactly(
                            "GET /health NONE OPEN -",
                            "GET /api/limits READ OPEN -",
                            "POST /api/training/execute EXECUTE TRAINING_KEY 20000",
                            "POST /api/training/validate GENERAL TRAINING_KEY 1048576",
                            "POST /api/training/cancel/{job_id} GENERAL TRAINING_KEY -",
                            "POST /api/training/pause/{job_id} GENERAL TRAINING_KEY -",
                            "POST /api/training/resume/{job_id} GENERAL TRAINING_KEY -",
                            "POST /api/training/{job_id}/force-start GENERAL TRAINING_KEY -",
                            "POST /api/training/reconnect GENERAL TRAINING_KEY -",
                            "GET /api/training/queue READ TRAINING_KEY -",
                            "GET /api/training/status/{job_id} READ TRAINING_KEY -",
                            "GET /api/training/metrics/{job_id} READ TRAINING_KEY -",
                            "GET /api/training/logs/{job_id} READ TRAINING_KEY -",
                            "GET /api/training/checkpoints/{job_id} READ TRAINING_KEY -",
                            "GET /api/training/{job_id}/errors READ TRAINING_KEY -",
                            "POST /api/filesystem/list FILESYSTEM FILESYSTEM_KEY 1048576",
                            "POST /api/filesystem/read FILESYSTEM FILESYSTEM_KEY 1048576",
                            "POST /api/filesystem/info FILESYSTEM FILESYSTEM_KEY 1048576");
        }
    }

    @Test
    void areKnownToWhoeverHasNoServer() throws Exception {
        Keys keys = new Keys(Optional.empty(), Optional.empty(), Optional.of(KeyDigest.of("operator")));
        try (ApiServer server = ApiServer.withKeys(temporary, keys)) {
            Map<String, LimitClass> limited = new HashMap<>();
            server.routes().stream()
                    .filter(route -> route.limitClass() != LimitClass.NONE)
                    .forEach(route -> limited.put(route.endpoint(), route.limitClass()));

            assertThat(Endpoints.limited()).isEqualTo(limited);
        }
        assertThat(Endpoints.find("POST", "/api/training/cancel/job-7")).contains("POST /api/training/cancel/{job_id}");
        assertThat(Endpoints.find("HEAD", "/api/training/{job_id}/errors"))
                .contains("GET /api/training/{job_id}/errors");
        assertThat(Endpoints.find("POST", "/api/training/cancel/a/b")).isEmpty();
        assertThat(Endpoints.find("GET", "/health")).isEmpty();
    }

    @Test
    void turnAwayWhoeverHasNotTheKey() throws Exception {
        Keys keys = new Keys(Optional.of(KnownKeys.of("train")), Optional.of(KeyDigest.of("files")), Optional.empty());
        try (ApiServer server = ApiServer.withKeys(temporary, keys)) {
            HttpResponse<String> without = list(server, Optional.empty());
            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.headers().firstValue("www-authenticate")).contains("ApiKey");
            assertThat(without.body()).isEqualTo("{\"detail\":\"Missing X-API-Key header\"}");

            HttpResponse<String> wrong = list(server, Optional.of("train"));
            assertThat(wrong.statusCode()).isEqualTo(403);
            assertThat(wrong.body()).isEqualTo("{\"detail\":\"Invalid API key\"}");

            assertThat(list(server, Optional.of("files")).statusCode()).isEqualTo(200);
            assertThat(server.get("/api/training/queue")).startsWith("401 ");
            assertThat(server.post("/api/training/cancel/x")).startsWith("401 ");
            assertThat(server.get("/health")).startsWith("200 ");
        }
    }

    @Test
    void sayInTheirOwnShapesWhatEndsARequestBeforeItsHandler() throws Exception {
        Keys keys = new Keys(Optional.of(KnownKeys.of("train")), Optional.empty(), Optional.empty());
        String reason = "Missing API key: send Authorization: Bearer or X-API-Key";
        try (ApiServer server = ApiServer.withKeys(temporary, keys)) {
            assertThat(server.post("/api/training/pause/a%20b"))
                    .isEqualTo("401 {\"success\":false,\"job_id\":\"a b\",\"message\":\"" + reason + "\",\"detail\":\""
                            + reason + "\"}");
            assertThat(server.post("/api/training/reconnect"))
                    .isEqualTo("401 {\"success\":false,\"message\":\"" + reason + "\",\"detail\":\"" + reason + "\"}");
            assertThat(server.post("/api/training/validate")).isEqualTo("401 {\"detail\":\"" + reason + "\"}");
            assertThat(server.get("/api/training/status/x")).isEqualTo("401 {\"detail\":\"" + reason + "\"}");
        }
        try (ApiServer open = ApiServer.withOwnTrainer(Files.createDirectory(temporary.resolve("open")))) {
            assertThat(open.post("/api/training/cancel/%2e%2e"))
                    .startsWith("400 {\"success\":false,\"job_id\":\"..\",\"message\":\"The path segment ");
        }
    }

    @Test
    void sayInTheirOwnShapesThatTheEngineIsGone() throws Exception {
        try (ApiServer server = ApiServer.withOwnTrainer(temporary)) {
            server.engine().close();

            assertThat(server.post("/api/training/cancel/x"))
                    .startsWith("500 {\"success\":false,\"job_id\":\"x\",\"message\":\"Internal error: ");
            assertThat(server.post("/api/training/resume/x"))
                    .startsWith("500 {\"success\":false,\"job_id\":\"x\",\"message\":\"Internal error: ");
            assertThat(server.post("/api/training/reconnect"))
                    .startsWith("500 {\"success\":false,\"message\":\"Reconnect failed: ");
            assertThat(server.get("/api/training/status/x")).startsWith("500 {\"detail\":\"");
            assertThat(server.get("/health"))
                    .startsWith("200 ")
                    .contains("\"jobs\":{\"running\":null,\"queued\":null}");
        }
    }

    private static HttpResponse<String> list(ApiServer server, Optional<String> key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/api/filesystem/list"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"path\":\"" + server.root() + "\"}"));
        key.ifPresent(value -> request.header("x-api-key", value));
        return server.send(request.build());
    }
}
