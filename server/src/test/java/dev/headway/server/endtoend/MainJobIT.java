package dev.headway.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The product's main job, from a request to a model on disk, and what must not disturb it. */
final class MainJobIT {
    private static final Map<String, String> DEFAULTS = Map.of();

    @TempDir
    Path directory;

    /** Trainers outlive servers, so a test that fails must not leave one behind. */
    @AfterEach
    void endTrainers() {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void trainsAModelThatLearnsAndShowsItOnEveryRoute() throws Exception {
        try (PackagedServer server = PackagedServer.start(directory, DEFAULTS)) {
            JsonNode submitted = server.post("/api/training/execute", additions("", 60));

            assertThat(submitted.path("status").asString()).isEqualTo("queued");
            String job = submitted.path("job_id").asString();
            assertThat(submitted.path("message").asString())
                    .isEqualTo("Training job " + job + " queued successfully (position: 1)");

            JsonNode ended = server.awaitStatus(job, "ends", MainJobIT::hasEnded);
            assertThat(ended.path("status").asString()).as(logs(server, job)).isEqualTo("completed");
            assertThat(ended.path("progress").asDouble()).isEqualTo(100.0);
            assertThat(ended.path("gpu_memory_allocated_gb").isNull()).isTrue();

            JsonNode metrics = server.get("/api/training/metrics/" + job).path("metrics");
            List<Double> losses = StreamSupport.stream(metrics.spliterator(), false)
                    .filter(point -> point.path("train_loss").isNumber())
                    .map(point -> point.path("train_loss").asDouble())
                    .toList();
            assertThat(losses).hasSizeGreaterThan(5);
            assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0) * 0.7);

            assertThat(server.get("/api/training/logs/" + job)
                            .path("total_lines")
                            .asInt())
                    .isPositive();
            assertThat(server.get("/api/training/checkpoints/" + job)
                            .path("checkpoints")
                            .size())
                    .isPositive();
            assertThat(server.get("/api/training/queue").path("running_count").asInt())
                    .isZero();
            Path output = directory.resolve("var/logs/job_" + job);
            assertThat(output.resolve("progress.json")).exists();
            assertThat(output.resolve("model.safetensors")).exists();
            assertThat(output.resolve("config.json")).content().contains("\"llama\"");
            assertThat(output.resolve("tokenizer.json")).exists();
        }
    }

    @Test
    void aServerThatIsKilledFindsItsTrainerAgain() throws Exception {
        String job = "outlives-the-server";
        try (PackagedServer server = PackagedServer.start(directory, DEFAULTS)) {
            server.post("/api/training/execute", additions(job, 400));
            server.awaitStatus(job, "has made steps", MainJobIT::hasMadeSteps);
            server.kill();
        }
        try (PackagedServer server = PackagedServer.start(directory, DEFAULTS)) {
            JsonNode ended = server.awaitStatus(job, "ends", MainJobIT::hasEnded);

            assertThat(ended.path("status").asString()).as(logs(server, job)).isEqualTo("completed");
            assertThat(ended.path("current_step").asInt()).isEqualTo(400);
        }
        assertThat(Files.readString(directory.resolve("var/logs/job_" + job + ".log")))
                .as("the trainer started once")
                .containsOnlyOnce("model headway/nano");
    }

    @Test
    void aPausedJobGoesOnFromItsCheckpointAndASecondOneWaitsForItsSlot() throws Exception {
        try (PackagedServer server = PackagedServer.start(directory, DEFAULTS)) {
            server.post("/api/training/execute", additions("first", 400));
            server.post("/api/training/execute", additions("second", 5));
            server.awaitStatus("first", "has made steps", MainJobIT::hasMadeSteps);
            assertThat(server.get("/api/training/queue").path("queued_count").asInt())
                    .isEqualTo(1);

            JsonNode paused = server.post("/api/training/pause/first");
            assertThat(paused.path("message").asString()).isEqualTo("Job paused (was running)");
            assertThat(server.status("first").path("status").asString()).isEqualTo("paused");
            server.awaitStatus("second", "ends", MainJobIT::hasEnded);

            JsonNode resumed = server.post("/api/training/resume/first");
            assertThat(resumed.path("success").asBoolean())
                    .as(resumed.toString())
                    .isTrue();
            assertThat(resumed.path("checkpoint_path").asString()).contains("checkpoint-");
            JsonNode ended = server.awaitStatus("first", "ends", MainJobIT::hasEnded);
            assertThat(ended.path("status").asString())
                    .as(logs(server, "first"))
                    .isEqualTo("completed");
        }
    }

    @Test
    void aCancelledJobStaysCancelled() throws Exception {
        try (PackagedServer server = PackagedServer.start(directory, DEFAULTS)) {
            server.post("/api/training/execute", additions("unwanted", 10_000));
            server.awaitStatus("unwanted", "has made steps", MainJobIT::hasMadeSteps);

            JsonNode cancelled = server.post("/api/training/cancel/unwanted");

            assertThat(cancelled.path("message").asString()).isEqualTo("Job cancelled (was running)");
            assertThat(server.status("unwanted").path("status").asString()).isEqualTo("cancelled");
        }
    }

    @Test
    void aTrainerOfOnesOwnRunsByTheSameProtocol() throws Exception {
        String script = PackagedServer.home().resolve("examples/trainer.sh").toString();
        Map<String, String> environment = Map.of("TRAINER_COMMAND", "sh '" + script + "' {config} {job_id}");
        try (PackagedServer server = PackagedServer.start(directory, environment)) {
            Map<String, Object> request = new HashMap<>(additions("own", 1));
            request.put(
                    "config", Map.of("model", Map.of("name", "Qwen/Qwen3-1.7B"), "training", Map.of("method", "orpo")));

            server.post("/api/training/execute", request);

            JsonNode ended = server.awaitStatus("own", "ends", MainJobIT::hasEnded);
            assertThat(ended.path("status").asString()).as(logs(server, "own")).isEqualTo("completed");
            assertThat(ended.path("current_step").asInt()).isEqualTo(5);
            assertThat(ended.path("loss").asDouble()).isEqualTo(0.4);
            assertThat(logs(server, "own")).contains("job own, step 5");
        }
    }

    @Test
    void aJobWhoseLossIsNotFiniteSaysSo() throws Exception {
        try (PackagedServer server = PackagedServer.start(directory, DEFAULTS)) {
            server.post("/api/training/execute", additions("diverges", 100, 1e30));

            JsonNode ended = server.awaitStatus("diverges", "ends", MainJobIT::hasEnded);

            assertThat(ended.path("status").asString()).isEqualTo("failed");
            assertThat(ended.path("error_message").asString())
                    .startsWith("Training process exited with code 1")
                    .contains("is not finite");
        }
    }

    @Test
    void aServerThatIsAskedToEndLeavesTheTrainerRunning() throws Exception {
        String job = "goes-on";
        int exit;
        try (PackagedServer server = PackagedServer.start(directory, DEFAULTS)) {
            server.post("/api/training/execute", additions(job, 400));
            server.awaitStatus(job, "has made steps", MainJobIT::hasMadeSteps);
            exit = server.terminate();
        }
        assertThat(exit).isZero();
        Path model = directory.resolve("var/logs/job_" + job + "/model.safetensors");
        Await.until("the trainer ends its work without a server", () -> Files.exists(model));
    }

    @Test
    void aStartThatCannotSucceedSaysWhyInASentenceAndFails() throws Exception {
        try (PackagedServer server = PackagedServer.start(directory, DEFAULTS)) {
            assertThat(PackagedServer.refusedStart(directory, "--port", "0"))
                    .as("while the server on port %d runs", server.port())
                    .satisfies(MainJobIT::failed)
                    .anySatisfy(line -> assertThat(line).contains("var").contains("another Headway server"));
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(PackagedServer.refusedStart(directory, "--port", port))
                    .satisfies(MainJobIT::failed)
                    .anySatisfy(line -> assertThat(line).contains(port).contains("in use"));
        }
        destroyDatabase();
        assertThat(PackagedServer.refusedStart(directory, "--port", "0"))
                .satisfies(MainJobIT::failed)
                .anySatisfy(line -> assertThat(line).contains("headway.db"));
    }

    private void destroyDatabase() throws IOException {
        try (var files = Files.list(directory.resolve("var"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("headway.db"))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(directory.resolve("var/headway.db"), "this is no database ".repeat(500));
    }

    private static void failed(List<? extends String> printed) {
        assertThat(printed.get(0)).as(printed.toString()).isNotEqualTo("0");
        assertThat(printed).noneSatisfy(line -> assertThat(line).contains("Exception"));
    }

    private static boolean hasEnded(JsonNode status) {
        return List.of("completed", "failed", "cancelled")
                .contains(status.path("status").asString());
    }

    private static boolean hasMadeSteps(JsonNode status) {
        return status.path("status").asString().equals("running")
                && status.path("current_step").asInt() > 0;
    }

    private static String logs(PackagedServer server, String job) throws IOException, InterruptedException {
        return server.get("/api/training/logs/" + job + "?offset=-1")
                .path("logs")
                .toString();
    }

    /** A request like {@code examples/request.json}, only smaller: sums to learn, and a number of steps. */
    private static Map<String, Object> additions(String id, int steps) {
        return additions(id, steps, 0.003);
    }

    private static Map<String, Object> additions(String id, int steps, double learningRate) {
        String lines = IntStream.range(0, 200)
                .mapToObj(i ->
                        "{\"prompt\":\"" + i % 10 + "+" + i / 20 + "=\",\"response\":\"" + (i % 10 + i / 20) + "\"}")
                .collect(Collectors.joining("\n"));
        return Map.of(
                "execution_id",
                id,
                "user_id",
                "end-to-end",
                "dataset_content",
                lines,
                "config",
                Map.of(
                        "model",
                        Map.of("name", "headway/nano"),
                        "training",
                        Map.of(
                                "method",
                                "sft",
                                "max_steps",
                                steps,
                                "batch_size",
                                16,
                                "learning_rate",
                                learningRate,
                                "logging_steps",
                                1,
                                "save_steps",
                                20,
                                "save_strategy",
                                "steps",
                                "seed",
                                7)));
    }
}
