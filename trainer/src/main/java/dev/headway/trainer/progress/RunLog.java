package dev.headway.trainer.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The log of a run, on standard output: {@code [2025-11-15 10:00:00] [data] [INFO] [SFT] text}.
 *
 * <p>The brackets are the time, the part of the trainer, the level and the phase. Clients read this form, so a text with
 * line breaks is put on one line. Threads may share it.
 */
public final class RunLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final PrintStream out;
    private final Clock clock;
    private final String phase;

    /** Makes a log for a phase, such as the method in capital letters. */
    public RunLog(PrintStream out, Clock clock, String phase) {
        this.out = out;
        this.clock = clock;
        this.phase = phase;
    }

    /** Returns the same log for another phase. */
    public RunLog withPhase(String other) {
        return new RunLog(out, clock, other);
    }

    /** Writes what happened. */
    public void info(String part, String text) {
        write(part, "INFO", text);
    }

    /** Writes what the user should look at. */
    public void warn(String part, String text) {
        write(part, "WARNING", text);
    }

    /** Writes why the run ends badly. */
    public void error(String part, String text) {
        write(part, "ERROR", text);
    }

    private void write(String part, String level, String text) {
        String time = TIME.format(LocalDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS));
        out.println("[" + time + "] [" + part + "] [" + level + "] [" + phase + "] " + onOneLine(text));
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
