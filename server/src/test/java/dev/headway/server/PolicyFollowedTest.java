package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server that follows its file of limits while it runs, asked over HTTP. */
class PolicyFollowedTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void takesAFileOverThatHasComeToRestAndIgnoresOneThatIsWrong() throws Exception {
        write("rules: [{name: first, class: read, limits: 100/minute}]");
        try (Application application = start(Map.of())) {
            assertThat(policyOf(get(application, "/api/limits"))).isEqualTo("\"first\";q=100;w=60");

            write("rules: [{name: second, class: read, limits: 90/minute}]");
            Await.until(
                    "the second file holds",
                    () -> policyOf(get(application, "/api/limits")).equals("\"second\";q=90;w=60"));

            write("rules: [{name: third, class: read, limits: 0/minute}]");
            Await.until(
                    "the health report tells of the fault",
                    () -> get(application, "/health")
                            .body()
                            .matches(".*\"policy\":\\{\"rules\":1,\"since\":\"[^\"]*\",\"faults\":1}.*"));
            assertThat(policyOf(get(application, "/api/limits"))).startsWith("\"second\"");

            Files.delete(file());
            write("rules: []");
            Await.until(
                    "the limits of the environment hold",
                    () -> policyOf(get(application, "/api/limits")).equals("\"read\";q=600;w=60"));
            assertThat(get(application, "/health").body()).contains("\"faults\":0");
        }
    }

    @Test
    void readsTheFileWhenTheOperatorAsksAndTellsWhatHasChangedOrWhatIsWrong() throws Exception {
        write("rules: [{name: first, class: execute, limits: 3/minute}]");
        try (Application application = start(Map.of("ADMIN_API_KEY", "operator"))) {
            assertThat(reload(application, "wrong").statusCode()).isEqualTo(404);
            assertThat(reload(application, "operator").body())
                    .isEqualTo("{\"success\":true,\"rules\":1,\"changes\":[],\"warnings\":[]}");

            write("""
                rules:
                  - {name: first, class: execute, limits: 2/minute}
                  - {user: bob, limits: none}
                """);
            assertThat(reload(application, "operator").body())
                    .isEqualTo("{\"success\":true,\"rules\":2,\"changes\":[\"added: all endpoints, user bob,"
                            + " none\",\"changed: \\\"first\\\": limits was 3/minute, is"
                            + " 2/minute\"],\"warnings\":[\"limits.yaml:3:5: a rule about users, but there are"
                            + " none: API_KEYS_FILE is not set\"]}");

            write("rules:\n  - {clas: execute, limits: 2/minute}\n");
            HttpResponse<String> refused = reload(application, "operator");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body())
                    .startsWith(
                            "{\"detail\":[{\"type\":\"limits_file\",\"loc\":[\"limits.yaml\",2,6],\"msg\":\"\\\"clas\\\""
                                    + " is nothing");

            assertThat(send(application, request("/api/admin/limits/policy").header("x-api-key", "operator"))
                            .body())
                    .contains(
                            "\"faults\":1,\"rules\":[{\"rule\":\"\\\"first\\\"\",\"place\":\"limits.yaml:2:5\",\"requests\":\"class"
                                    + " execute\",\"callers\":\"everybody\",\"limits\":\"2/minute\",\"shadow\":false}");
            assertThat(admitted(application, 10)).isEqualTo(2);
        }
    }

    @Test
    void saysThatThereIsNoFileToRead() throws Exception {
        try (Application application = start(Map.of("ADMIN_API_KEY", "operator"), false)) {
            HttpResponse<String> answer = reload(application, "operator");

            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"LIMITS_FILE is not set, so there is nothing to read\"}");
        }
    }

    @Test
    void readsTheFileOnSighup() throws Exception {
        write("rules: [{name: first, class: read, limits: 100/minute}]");
        try (Application application = start(Map.of())) {
            Hangup.hear(application::reloadLimits);
            write("rules: [{name: second, class: read, limits: 90/minute}]");

            new ProcessBuilder(
                            "kill",
                            "-HUP",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();

            Await.until(
                    "the second file holds",
                    () -> policyOf(get(application, "/api/limits")).startsWith("\"second\""));
        }
    }

    @Test
    void chargesMoreForALongerBodyAndMostForOneOfUnknownLength() throws Exception {
        write("rules: [{class: execute, limits: 10/minute, weight: {per: 1KB, most: 6}}]");
        try (Application application = start(Map.of())) {
            assertThat(remainingAfter(application, execute(BodyPublishers.ofString("x".repeat(900)))))
                    .isEqualTo("9");
            assertThat(remainingAfter(application, execute(BodyPublishers.ofString("x".repeat(2_100)))))
                    .isEqualTo("6");
            HttpRequest.Builder chunked =
                    execute(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10])));
            assertThat(remainingAfter(application, chunked)).isEqualTo("0");
        }
    }

    @Test
    void shutsOutWhoKeepsKnockingInTheWordsOfTheRule() throws Exception {
        write("""
            rules:
              - class: execute
                limits: 1/minute
                penalty: {refusals: 2/minute, for: 1 hour}
                message: Slow down for {retry_after} s.
                docs: https://example.com/slow
            """);
        try (Application application = start(Map.of())) {
            assertThat(admitted(application, 5)).isEqualTo(1);

            HttpResponse<String> answer = send(application, execute(BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0))
                    .isBetween(3_590L, 3_600L);
            assertThat(answer.body()).contains("\"message\":\"Slow down for ", "\"docs\":\"https://example.com/slow\"");
        }
    }

    @Test
    void losesNoRequestWhileTheFileChangesUnderLoad() throws Exception {
        write("rules: [{class: execute, limits: 40/minute}]");
        try (Application application = start(Map.of("ADMIN_API_KEY", "operator"))) {
            AtomicBoolean isOver = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                List<Future<Map<Integer, Integer>>> counts = new ArrayList<>();
                for (int thread = 0; thread < 3; thread++) {
                    counts.add(threads.submit(() -> statusesUntil(application, isOver)));
                }
                for (int exchange = 0; exchange < 20; exchange++) {
                    write("rules: [{class: execute, limits: 30/hour}, {name: n" + exchange + ", limits: 90/minute}]");
                    assertThat(reload(application, "operator").statusCode()).isEqualTo(200);
                    write("rules: [{class: execute, limits: 40/minute}]");
                    assertThat(reload(application, "operator").statusCode()).isEqualTo(200);
                }
                isOver.set(true);

                Map<Integer, Integer> statuses = new HashMap<>();
                for (Future<Map<Integer, Integer>> count : counts) {
                    count.get().forEach((status, times) -> statuses.merge(status, times, Integer::sum));
                }
                assertThat(statuses).containsOnlyKeys(422, 429);
                assertThat(statuses.get(422)).isBetween(30, 40);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private Map<Integer, Integer> statusesUntil(Application application, AtomicBoolean isOver) {
        Map<Integer, Integer> statuses = new HashMap<>();
        while (!isOver.get() || statuses.size() < 2) {
            statuses.merge(send(application, execute(BodyPublishers.noBody())).statusCode(), 1, Integer::sum);
        }
        return statuses;
    }

    private int admitted(Application application, int times) {
        int admitted = 0;
        for (int time = 0; time < times; time++) {
            admitted += send(application, execute(BodyPublishers.noBody())).statusCode() == 429 ? 0 : 1;
        }
        return admitted;
    }

    private String remainingAfter(Application application, HttpRequest.Builder request) {
        return send(application, request)
                .headers()
                .firstValue("x-ratelimit-remaining")
                .orElse("none");
    }

    private HttpResponse<String> reload(Application application, String key) {
        return send(
                application,
                request("/api/admin/limits/reload").header("x-api-key", key).POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(Application application, String path) {
        return send(application, request(path));
    }

    private static HttpRequest.Builder execute(HttpRequest.BodyPublisher body) {
        return request("/api/training/execute")
                .header("content-type", "application/json")
                .POST(body);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1" + path));
    }

    private static String policyOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("ratelimit-policy").orElse("none");
    }

    private HttpResponse<String> send(Application application, HttpRequest.Builder request) {
        URI path = request.build().uri();
        try {
            return client.send(
                    request.uri(URI.create(application.url() + path.getRawPath()))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file(), yaml);
    }

    private Path file() {
        return directory.resolve("limits.yaml");
    }

    private Application start(Map<String, String> more) {
        return start(more, true);
    }

    private Application start(Map<String, String> more, boolean hasFile) {
        Map<String, String> environment = new HashMap<>(more);
        if (hasFile) {
            environment.put("LIMITS_FILE", "limits.yaml");
        }
        return WholeServer.start(directory, environment).application();
    }
}
