package dev.headway.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A model that a job has trained, measured by the packaged programs; and what is said of it when it is broken. */
final class ValidationIT {
    private static final String LINES = IntStream.range(0, 10)
            .mapToObj(digit ->
                    "{\"prompt\":\"" + digit + "?\",\"response\":\"" + (digit % 2 == 0 ? "even" : "odd") + "\"}")
            .collect(Collectors.joining("\n"));

    @TempDir
    private Path directory = Path.of(".");

    /** Trainers outlive servers, so a test that fails must not leave one behind. */
    @AfterEach
    void endTrainers() {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void measuresWhatAJobHasTrainedAndSaysWhyItCannotMeasureARuinOfIt() throws Exception {
        try (PackagedServer server = PackagedServer.start(directory, Map.of())) {
            train(server);
            Path model = directory.resolve("var/logs/job_digits");
            Path data = Files.writeString(directory.resolve("var/logs/test.jsonl"), LINES);

            JsonNode measured = validate(server, model, data);

            assertThat(measured.path("status").asString())
                    .as(measured.toString())
                    .isEqualTo("completed");
            assertThat(measured.path("message").asString())
                    .isEqualTo("Validation completed successfully with 3 metrics");
            assertThat(measured.path("metrics").path("accuracy").asDouble()).isEqualTo(1.0);
            assertThat(measured.path("metrics").path("f1").asDouble()).isEqualTo(1.0);
            assertThat(measured.path("metrics").path("loss").asDouble()).isBetween(0.0, 0.2);
            assertThat(validate(server, model, data).path("metrics")).isEqualTo(measured.path("metrics"));

            truncate(model.resolve("model.safetensors"));

            JsonNode failed = validate(server, model, data);
            assertThat(failed.path("status").asString()).isEqualTo("failed");
            assertThat(failed.path("metrics").isEmpty()).isTrue();
            assertThat(failed.path("message").asString())
                    .startsWith("Validation failed: ")
                    .endsWith("model.safetensors is cut off");
        }
    }

    @Test
    void measuresNoLongerThanTheServerLives() throws Exception {
        CompletableFuture<JsonNode> answer;
        try (PackagedServer server = PackagedServer.start(directory, Map.of())) {
            train(server);
            Path data = Files.writeString(directory.resolve("var/logs/long.jsonl"), (LINES + "\n").repeat(20_000));
            answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return validate(server, directory.resolve("var/logs/job_digits"), data);
                } catch (IOException | InterruptedException gone) {
                    throw new CompletionException(gone);
                }
            });
            Await.until("the model is being measured", () -> validators() == 1);

            server.kill();
        }

        Await.until("nothing is measured any more", () -> validators() == 0);
        assertThat(answer).failsWithin(Duration.ofSeconds(30));
    }

    private long validators() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains("--while-input-is-open") && line.contains(directory.toString()))
                .count();
    }

    private static void train(PackagedServer server) throws Exception {
        server.post(
                "/api/training/execute",
                Map.of(
                        "execution_id",
                        "digits",
                        "user_id",
                        "end-to-end",
                        "dataset_content",
                        (LINES + "\n").repeat(4),
                        "config",
                        Map.of(
                                "eval_split",
                                0,
                                "model",
                                Map.of("name", "headway/nano"),
                                "training",
                                Map.of("method", "sft", "max_steps", 60, "batch_size", 16, "learning_rate", 0.01))));
        JsonNode ended = server.awaitStatus(
                "digits",
                "ends",
                status -> List.of("completed", "failed")
                        .contains(status.path("status").asString()));
        assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("completed");
    }

    private static JsonNode validate(PackagedServer server, Path model, Path data)
            throws IOException, InterruptedException {
        return server.post(
                "/api/training/validate",
                Map.of(
                        "model_path",
                        model.toString(),
                        "test_dataset_id",
                        data.toString(),
                        "metrics_to_compute",
                        List.of("accuracy", "f1", "loss")));
    }

    private static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 100);
        }
    }
}
