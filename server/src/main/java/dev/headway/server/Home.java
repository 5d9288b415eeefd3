package dev.headway.server;

import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.run.ValidationCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the program is installed; an immutable value.
 *
 * @param directory the directory that {@code ./headway} lies in
 * @param java the program that runs this Java machine
 */
record Home(Path directory, Path java) {
    /** For the data set and its rows; what is computed of a batch lies outside the heap, and is bounded there. */
    private static final String VALIDATION_HEAP = "-Xmx512m";

    /** Returns the place that the launcher names, else the working directory. */
    static Home present() {
        return new Home(
                Path.of(System.getProperty("headway.home", "")).toAbsolutePath(),
                Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    Path trainerJar() {
        return directory.resolve("trainer/target/headway-trainer.jar");
    }

    boolean hasTrainer() {
        return Files.isRegularFile(trainerJar());
    }

    /** Returns how the built-in trainer is started for a job. */
    TrainerCommand trainer() {
        List<String> words = new ArrayList<>(trainerProgram());
        words.addAll(List.of("--config", "{config}", "--execution-id", "{job_id}"));
        return TrainerCommand.ofWords(words);
    }

    /** Returns how the built-in trainer is started to measure a model; it ends when this process does. */
    ValidationCommand validation() {
        List<String> words = new ArrayList<>(trainerProgram(VALIDATION_HEAP));
        words.addAll(List.of("validate", "--while-input-is-open"));
        words.addAll(List.of("--model", "{model}", "--data", "{data}", "--metrics", "{metrics}"));
        return ValidationCommand.ofWords(words);
    }

    /** Returns the words that start the built-in trainer, to be followed by its arguments. */
    List<String> trainerProgram(String... javaOptions) {
        List<String> words = new ArrayList<>(List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:ErrorFile=" + engineCache().resolve("hs_err_%p.log")));
        words.addAll(List.of(javaOptions));
        words.addAll(List.of("-jar", trainerJar().toString()));
        return List.copyOf(words);
    }

    /**
     * Returns what the built-in trainer finds in its environment besides what every trainer does.
     *
     * <p>The engine's native libraries are unpacked once for the whole installation: they take 400 megabytes. Its threads spin
     * for some microseconds before they sleep: on two quiet cores that doubles the speed, beside another busy program it costs
     * less than spinning on and on would.
     *
     * @param threads how many threads compute
     */
    Map<String, String> trainerEnvironment(int threads) {
        return Map.of(
                "ENGINE_CACHE_DIR",
                engineCache().toString(),
                "TRAINER_THREADS",
                Integer.toString(threads),
                "GOMP_SPINCOUNT",
                "2000");
    }

    private Path engineCache() {
        return directory.resolve("trainer/target/engine");
    }
}
