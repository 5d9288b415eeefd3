package dev.headway.server.config;

import dev.headway.jobs.Patience;
import dev.headway.jobs.QueueRules;
import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.workspace.FileNames;
import java.util.Optional;
import java.util.Set;

/**
 * How jobs are run; an immutable value.
 *
 * @param trainer the command of a trainer of the user's own; absent for the built-in one
 * @param validation how models are measured
 * @param passthrough names of further variables that trainers get
 * @param queue how many jobs wait, run and are tried again
 * @param patience how long the engine waits for what
 * @param fileNames how files in the data directory are called
 * @param databaseUrl where jobs are kept; absent for SQLite in the data directory
 * @param evalSplit the share of a data set held out when a config names none
 * @param maxRequestBytes the largest body of an execute request
 */
public record JobSettings(
        Optional<TrainerCommand> trainer,
        ValidationSettings validation,
        Set<String> passthrough,
        QueueRules queue,
        Patience patience,
        FileNames fileNames,
        Optional<String> databaseUrl,
        double evalSplit,
        int maxRequestBytes) {
    /** Copies the names. */
    public JobSettings {
        passthrough = Set.copyOf(passthrough);
    }
}
