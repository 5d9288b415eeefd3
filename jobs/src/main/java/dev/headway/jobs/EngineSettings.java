package dev.headway.jobs;

import dev.headway.jobs.run.TrainerSettings;
import dev.headway.jobs.workspace.FileNames;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that can be chosen about the engine. Immutable.
 *
 * @param dataDirectory where everything is kept
 * @param fileNames how things in it are called
 * @param databaseUrl a {@code jdbc:postgresql:} URL with its credentials; without one the jobs are in SQLite, in the data
 *     directory
 * @param queue how many jobs wait, run and are tried again
 * @param patience how long the engine waits for what
 * @param trainer what trainers are and where they run
 * @param evalSplit the share of the data set held out if a config names none (DEFAULT_EVAL_SPLIT)
 * @param maxLogBytes the size a trainer's log may take on the disk, in bytes, before its head is given up
 */
public record EngineSettings(
        Path dataDirectory,
        FileNames fileNames,
        Optional<String> databaseUrl,
        QueueRules queue,
        Patience patience,
        TrainerSettings trainer,
        double evalSplit,
        long maxLogBytes) {
    private static final long DEFAULT_MAX_LOG_BYTES = 1L << 30;
    private static final double DEFAULT_EVAL_SPLIT = 0.2;

    /**
     * Takes the defaults for all that has some.
     *
     * @param dataDirectory where everything is kept
     * @param trainer what trainers are and where they run
     * @return the settings
     */
    public static EngineSettings of(Path dataDirectory, TrainerSettings trainer) {
        return new EngineSettings(
                dataDirectory,
                FileNames.DEFAULT,
                Optional.empty(),
                QueueRules.DEFAULT,
                Patience.DEFAULT,
                trainer,
                DEFAULT_EVAL_SPLIT,
                DEFAULT_MAX_LOG_BYTES);
    }
}
