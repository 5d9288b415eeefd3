package dev.headway.server.config;

import dev.headway.jobs.run.ValidationCommand;
import java.time.Duration;
import java.util.Optional;

/**
 * How models are measured; an immutable value.
 *
 * @param command the command of a program of the user's own; absent for the built-in one
 * @param limit how long measuring one may take
 * @param maxConcurrent how many are measured at once
 */
public record ValidationSettings(Optional<ValidationCommand> command, Duration limit, int maxConcurrent) {}
