package dev.headway.jobs.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What trainers are and where they run. Immutable.
 *
 * @param command how one is started
 * @param workingDirectory where it is started; relative words in the command begin here
 * @param serverEnvironment the server's own environment, from which a chosen few variables are handed on
 * @param passthrough the names of further variables to hand on (TRAINER_ENV_PASSTHROUGH)
 * @param additions variables that every trainer gets, METRICS_API_URL for one
 */
public record TrainerSettings(
        TrainerCommand command,
        Path workingDirectory,
        Map<String, String> serverEnvironment,
        Set<String> passthrough,
        Map<String, String> additions) {
    /** Keeps the collections as they are now. */
    public TrainerSettings {
        serverEnvironment = Map.copyOf(serverEnvironment);
        passthrough = Set.copyOf(passthrough);
        additions = Map.copyOf(additions);
    }
}
