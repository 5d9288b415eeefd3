package dev.headway.jobs.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Where errands run, and their bounds. Immutable.
 *
 * @param workingDirectory where a program is started; relative words of its command begin here
 * @param serverEnvironment the server's own environment, from which a chosen few variables are handed on
 * @param passthrough the names of further variables to hand on (TRAINER_ENV_PASSTHROUGH)
 * @param additions variables that every program gets
 * @param atOnce how many may run at once
 * @param limit how long one may run
 */
public record ErrandSettings(
        Path workingDirectory,
        Map<String, String> serverEnvironment,
        Set<String> passthrough,
        Map<String, String> additions,
        int atOnce,
        Duration limit) {
    /** Keeps the collections as they are now. */
    public ErrandSettings {
        serverEnvironment = Map.copyOf(serverEnvironment);
        passthrough = Set.copyOf(passthrough);
        additions = Map.copyOf(additions);
    }
}
