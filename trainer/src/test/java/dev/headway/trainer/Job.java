package dev.headway.trainer;

import dev.headway.trainer.files.Json;
import dev.headway.trainer.loop.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A small job in a directory of its own, to be run in this process or another. For one thread. */
final class Job {
    private final Path directory;
    private final ObjectNode config = Json.object();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** Makes a job of few steps on sums of small numbers, in a directory that need not exist yet. */
    Job(Path directory) {
        this.directory = directory;
        config.put("dataset_path", data().toString());
        config.put("output_dir", output().toString());
        config.put("eval_split", 0.1);
        config.withObjectProperty("model").put("name", "headway/nano");
        training(training -> training.put("method", "sft")
                .put("max_steps", 6)
                .put("batch_size", 4)
                .put("learning_rate", 0.001)
                .put("logging_steps", 1));
    }

    /** Writes the data set. */
    Job write() throws IOException {
        Files.createDirectories(directory);
        Files.write(data(), sums());
        return this;
    }

    private static List<String> sums() {
        List<String> lines = new ArrayList<>();
        for (int left = 0; left < 8; left++) {
            for (int right = 0; right < 8; right++)
                lines.add("{\"prompt\":\"" + left + "+" + right + "=\",\"response\":\"" + (left + right) + "\"}");
        }
        return lines;
    }

    Job training(Consumer<ObjectNode> change) {
        change.accept(config.withObjectProperty("training"));
        return this;
    }

    Job with(Consumer<ObjectNode> change) {
        change.accept(config);
        return this;
    }

    Path output() {
        return directory.resolve("out");
    }

    Path data() {
        return directory.resolve("data.jsonl");
    }

    Path writeConfig() {
        try {
            return Files.write(directory.resolve("config.json"), Json.pretty(config));
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    /** Trains in this process and returns the exit code. */
    int train() {
        return run("--config", writeConfig().toString(), "--execution-id", "job-1");
    }

    /** Trains in this process until the signal says to stop, and returns the exit code. */
    int train(StopSignal stop) {
        return Main.commandLine(machine(), stop, new Lifeline(InputStream.nullInputStream(), () -> {}))
                .execute("--config", writeConfig().toString(), "--execution-id", "job-1");
    }

    /** Runs the program's command line in this process and returns the exit code. */
    int run(String... arguments) {
        return Main.commandLine(machine(), () -> false, new Lifeline(InputStream.nullInputStream(), () -> {}))
                .execute(arguments);
    }

    /** Starts the program on this job in a process of its own. */
    Process start() throws IOException {
        return start("--config", writeConfig().toString(), "--execution-id", "job-1");
    }

    /** Starts the program's command line in a process of its own. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:ErrorFile=" + directory.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TRAINER_THREADS", "2");
        builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log().toFile()));
        return builder.start();
    }

    /** Returns the file with the output of the processes started. */
    Path log() {
        return directory.resolve("log");
    }

    /** Returns whether a process of this job has crashed in native code. */
    boolean hasCrashed() {
        return Files.exists(directory.resolve("crash.log"));
    }

    private Machine machine() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("TRAINER_THREADS", "1", "OMP_WAIT_POLICY", "PASSIVE");
        return new Machine(out, Clock.systemUTC(), System::nanoTime, environment);
    }

    /** Returns what the runs in this process have printed. */
    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Returns how many steps progress.json tells of, 0 while there is none. */
    long currentStep() {
        if (!Files.exists(output().resolve("progress.json"))) return 0;
        return progress().path("current_step").asLong();
    }

    JsonNode progress() {
        return Json.readObject(output().resolve("progress.json"));
    }

    JsonNode state(long step) {
        return Json.readObject(output().resolve("checkpoint-" + step).resolve("trainer_state.json"));
    }

    /** Returns the training losses in a checkpoint's log with all their digits, as "step loss". */
    List<String> losses(long step) {
        return state(step)
                .path("log_history")
                .valueStream()
                .filter(entry -> entry.has("loss"))
                .map(entry ->
                        entry.path("step").asLong() + " " + entry.path("loss").asDouble())
                .toList();
    }

    /** Returns the names of checkpoints, finished or not, in the output directory. */
    List<String> checkpoints() throws IOException {
        if (!Files.exists(output())) return List.of();
        try (Stream<Path> entries = Files.list(output())) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.contains("checkpoint-"))
                    .sorted()
                    .toList();
        }
    }

    byte[] weights() throws IOException {
        return Files.readAllBytes(output().resolve("model.safetensors"));
    }
}
