package dev.headway.jobs;

import java.time.Duration;

/**
 * How long the engine waits for what. Immutable.
 *
 * @param tick the time between two looks at everything that runs
 * @param cancel from SIGTERM to SIGKILL when a job is cancelled (PROCESS_TERMINATION_TIMEOUT_DEFAULT)
 * @param pause from SIGTERM to SIGKILL when a job is paused and so writes a checkpoint
 *     (PROCESS_TERMINATION_TIMEOUT_CHECKPOINT)
 * @param remnants from SIGTERM to SIGKILL for processes that a trainer leaves behind
 *     (PROCESS_TERMINATION_TIMEOUT_QUICK)
 * @param progress how long a trainer may go without writing progress before it is stopped (JOB_TIMEOUT_MINUTES)
 */
public record Patience(Duration tick, Duration cancel, Duration pause, Duration remnants, Duration progress) {
    /** What existing clients are used to. */
    public static final Patience DEFAULT = new Patience(
            Duration.ofMillis(250),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMinutes(60));

    /** Accepts sensible durations only. */
    public Patience {
        requirePositive("the time between two looks", tick);
        requireNotNegative("PROCESS_TERMINATION_TIMEOUT_DEFAULT", cancel);
        requireNotNegative("PROCESS_TERMINATION_TIMEOUT_CHECKPOINT", pause);
        requireNotNegative("PROCESS_TERMINATION_TIMEOUT_QUICK", remnants);
        requirePositive("JOB_TIMEOUT_MINUTES", progress);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be longer than zero");
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + "; it must not be negative");
        }
    }
}
