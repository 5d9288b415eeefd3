package dev.headway.server;

import dev.headway.jobs.run.TrainerCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the program is installed; an immutable value.
 *
 * @param directory the directory that {@code ./headway} lies in
 * @param java the program that runs this Java machine
 */
record Home(Path directory, Path java) {
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

    /** Returns how the built-in trainer is started. */
    TrainerCommand trainer() {
        return TrainerCommand.ofWords(List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-jar",
                trainerJar().toString(),
                "--config",
                "{config}",
                "--execution-id",
                "{job_id}"));
    }
}
