package dev.headway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.Await;
import dev.headway.server.http.Json;
import dev.headway.server.metrics.ValidationMeter;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models measured over HTTP by a program of a few lines, on a server that works on one request at a time. */
final class ValidationRouteTest {
    private static final String VALIDATE = "/api/training/validate";
    private static final String JOB_ID = "200 \\{\"job_id\":\"[-0-9a-f]{36}\",";

    @TempDir
    private Path temporary = Path.of(".");

    private ApiServer server;

    @BeforeEach
    void start() throws Exception {
        server = ApiServer.withOneWorker(temporary, Duration.ofMinutes(5));
        Files.writeString(server.root().resolve("data.json"), "[]");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersWithTheMetricsInTheirOrderAndNoOthers() throws Exception {
        assertThat(validate(model("good"), "accuracy", "f1", "precision", "recall", "loss", "beauty"))
                .matches(JOB_ID
                        + "\"status\":\"completed\",\"metrics\":\\{\"accuracy\":0\\.30000000000000004,\"f1\":0\\.1,"
                        + "\"loss\":null},\"message\":\"Validation completed successfully with 3 metrics\"}");
        assertThat(validate(model("good"), "f1", "f1"))
                .matches(JOB_ID + "\"status\":\"completed\",\"metrics\":\\{\"f1\":0\\.1},"
                        + "\"message\":\"Validation completed successfully with 1 metrics\"}");
        assertThat(validate(model("good"), "beauty"))
                .matches(JOB_ID + "\"status\":\"completed\",\"metrics\":\\{},"
                        + "\"message\":\"Validation completed successfully with 0 metrics\"}");
    }

    @Test
    void tellsTheMetricsWhetherAModelWasMeasured() throws Exception {
        validate(model("good"), "f1");
        validate(model("bad"), "f1");
        validate(model("crashing"), "f1");

        assertThat(server.validationEnds())
                .containsExactly(ValidationMeter.End.COMPLETED, ValidationMeter.End.FAILED, ValidationMeter.End.FAILED);
    }

    @Test
    void saysWhichMetricsAreLeftOutAndWhy() throws Exception {
        assertThat(validate(model("partly"), "f1", "loss", "recall", "exact_match"))
                .contains("\"metrics\":{\"loss\":2.5},\"message\":\"Validation completed successfully with 1 metrics;"
                        + " left out: recall, f1 (no labels); exact_match (too long)\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "bad, the tokenizer of it is not known",
        "crashing, the validating program ended with code 134 and without a result; the last line that it printed: out of"
                + " luck",
        "silent, the validating program ended with code 0 and without a result; the last line that it printed: nothing",
        "killed, 'the validating program was killed, probably because the machine ran out of memory'"
    })
    void answersEverythingElseThatGoesWrongAsFailed(String model, String reason) throws Exception {
        assertThat(validate(model(model), "f1"))
                .startsWith("200 ")
                .endsWith(",\"status\":\"failed\",\"metrics\":{},\"message\":\"Validation failed: " + reason + "\"}");
    }

    @Test
    void failsForADataSetThatIsADirectory() throws Exception {
        String data = server.root().toString();

        assertThat(server.post(VALIDATE, body(model("good"), data, "f1")))
                .endsWith(",\"status\":\"failed\",\"metrics\":{},\"message\":\"Validation failed: the data set " + data
                        + " is not a file\"}");
    }

    @Test
    void looksForTheDataSetFirstAndThenForTheModel() throws Exception {
        String nowhere = server.root().resolve("nowhere").toString();

        assertThat(server.post(VALIDATE, body(nowhere, nowhere, "f1")))
                .isEqualTo("404 {\"detail\":\"Test dataset not found: " + nowhere + "\"}");
        assertThat(validate(nowhere, "f1"))
                .isEqualTo("404 {\"detail\":\"Model checkpoint not found: " + nowhere + "\"}");
    }

    @Test
    void takesModelsThatJobsHaveMadeThoughNobodyMayListTheirDirectory() throws Exception {
        Path made = Files.createDirectories(server.data().resolve("logs/job_a/good"));

        assertThat(validate(made.toString(), "f1")).contains("\"status\":\"completed\"");
        assertThat(server.post(VALIDATE, body(model("good"), made.toString(), "f1")))
                .startsWith("403 ");
    }

    @Test
    void looksAtNothingOutsideTheRootsBeIfOnlyByALink() throws Exception {
        String denied = "403 {\"detail\":\"Access denied: Path outside allowed directories\"}";
        Path outside = Files.writeString(temporary.resolve("secret"), "[]");
        Path linked = Files.createDirectory(server.root().resolve("linked"));
        Files.createSymbolicLink(linked.resolve("model.safetensors"), outside);
        Path link = Files.createSymbolicLink(server.root().resolve("link"), outside);

        assertThat(server.post(VALIDATE, body(model("good"), outside.toString(), "f1")))
                .isEqualTo(denied);
        assertThat(server.post(VALIDATE, body(model("good"), link.toString(), "f1")))
                .isEqualTo(denied);
        assertThat(validate(temporary.resolve("nowhere").toString(), "f1")).isEqualTo(denied);
        assertThat(validate(server.root() + "/../..", "f1")).isEqualTo(denied);
        assertThat(validate(linked.toString(), "f1")).isEqualTo(denied);
        assertThat(validate(model("good") + "\0", "f1"))
                .isEqualTo("400 {\"detail\":\"Invalid path: embedded null byte\"}");
    }

    @Test
    void takesALinkThatStaysInside() throws Exception {
        Path blobs = Files.createDirectory(server.root().resolve("blobs"));
        Files.writeString(blobs.resolve("weights"), "");
        Files.createSymbolicLink(Path.of(model("good")).resolve("model.safetensors"), Path.of("../blobs/weights"));

        assertThat(validate(model("good"), "f1")).contains("\"status\":\"completed\"");
    }

    @Test
    void tellsAllThatIsWrongWithTheForm() throws Exception {
        assertThat(server.post(VALIDATE, "{\"model_path\":1,\"metrics_to_compute\":\"f1\"}"))
                .startsWith("422 ")
                .contains(
                        "\"loc\":[\"body\",\"model_path\"]",
                        "\"loc\":[\"body\",\"test_dataset_id\"]",
                        "\"type\":\"list_type\"");
        assertThat(server.post(VALIDATE, "{")).startsWith("422 ");
    }

    @Test
    void answersOthersWhileItMeasuresAndTurnsAwayOnlyWhoWantsMore() throws Exception {
        Path first = Path.of(model("first/waiting"));
        CompletableFuture<String> ofFirst = later(first);
        Await.until("the first runs", () -> isRunning(first));
        Path second = Path.of(model("second/waiting"));
        CompletableFuture<String> ofSecond = later(second);
        Await.until("the second runs", () -> isRunning(second));

        assertThat(server.get("/health")).startsWith("200 ");
        assertThat(server.get("/api/training/queue")).startsWith("200 ");
        HttpResponse<String> third = server.send(request(model("good"), "f1"));
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("retry-after")).contains("5");
        assertThat(third.body())
                .isEqualTo("{\"detail\":\"As many models are being validated as may be at once"
                        + " (VALIDATION_MAX_CONCURRENT); try again in a moment\"}");
        assertThat(ofFirst).isNotDone();

        Files.createFile(first.resolve("go"));
        Files.createFile(second.resolve("go"));

        assertThat(ofFirst.get(1, TimeUnit.MINUTES)).contains("\"metrics\":{\"f1\":1.0}");
        assertThat(ofSecond.get(1, TimeUnit.MINUTES)).contains("\"metrics\":{\"f1\":1.0}");
        assertThat(validate(model("good"), "f1")).contains("\"metrics\":{\"f1\":0.1}");
    }

    @Test
    void endsAProgramThatTakesTooLong() throws Exception {
        Path elsewhere = Files.createDirectory(temporary.resolve("impatient"));
        try (ApiServer impatient = ApiServer.withOneWorker(elsewhere, Duration.ofSeconds(1))) {
            Path model = Files.createDirectory(impatient.root().resolve("waiting"));
            Path data = Files.writeString(impatient.root().resolve("data.json"), "[]");

            assertThat(impatient.post(VALIDATE, body(model.toString(), data.toString(), "f1")))
                    .endsWith(
                            ",\"status\":\"failed\",\"metrics\":{},\"message\":\"Validation failed: it took longer than"
                                    + " 1 seconds (VALIDATION_TIMEOUT); take a smaller data set\"}");
            assertThat(isAlive(pid(model))).isFalse();
            assertThat(impatient.validationEnds()).containsExactly(ValidationMeter.End.TIMED_OUT);
        }
    }

    @Test
    void endsTheProgramOfAClientThatHasGone() throws Exception {
        Path model = Path.of(model("waiting"));
        String body = body(model.toString(), server.root().resolve("data.json").toString(), "f1");
        URI address = server.uri(VALIDATE);
        try (Socket client = new Socket(address.getHost(), address.getPort())) {
            client.getOutputStream()
                    .write(("POST " + VALIDATE
                                    + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            Await.until("the program runs", () -> isRunning(model));
        }

        Await.until("the program is ended", () -> !isAlive(pid(model)));
        Await.until("its end is told", () -> server.validationEnds().equals(List.of(ValidationMeter.End.GIVEN_UP)));
        assertThat(server.get("/health")).startsWith("200 ");
    }

    private CompletableFuture<String> later(Path model) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return validate(model.toString(), "f1");
            } catch (IOException | InterruptedException failure) {
                throw new CompletionException(failure);
            }
        });
    }

    private static boolean isRunning(Path model) {
        return Files.exists(model.resolve("pid")) && pid(model) > 0;
    }

    private String validate(String model, String... metrics) throws IOException, InterruptedException {
        HttpResponse<String> response = server.send(request(model, metrics));
        return response.statusCode() + " " + response.body();
    }

    private HttpRequest request(String model, String... metrics) {
        String data = server.root().resolve("data.json").toString();
        return HttpRequest.newBuilder(server.uri(VALIDATE))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body(model, data, metrics)))
                .build();
    }

    private static String body(String model, String data, String... metrics) {
        return new String(
                Json.write(
                        Map.of("model_path", model, "test_dataset_id", data, "metrics_to_compute", List.of(metrics))),
                StandardCharsets.UTF_8);
    }

    /** Returns the directory of a model which behaves as its name says. */
    private String model(String name) throws IOException {
        return Files.createDirectories(server.root().resolve(name)).toString();
    }

    private static long pid(Path model) {
        try {
            String text = Files.readString(model.resolve("pid")).strip();
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A program that was ended may still be listed until somebody asks for its exit code. */
    private static boolean isAlive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }
}
