package dev.headway.jobs.kill;

import dev.headway.jobs.Dataset;
import dev.headway.jobs.EngineSettings;
import dev.headway.jobs.JobEngine;
import dev.headway.jobs.JobRequest;
import dev.headway.jobs.Outcome;
import dev.headway.jobs.Patience;
import dev.headway.jobs.QueueRules;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobsException;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.run.TrainerSettings;
import dev.headway.jobs.workspace.FileNames;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that is only an engine, to be killed: it submits jobs, says so, and runs them until it dies. One thread.
 *
 * <p>Arguments: the data directory, the directory for notes, the first number, how many jobs. Every fifth job is cancelled
 * again. A line "accepted ID" or "cancelled ID" is printed when the engine has given its word.
 */
final class EngineProcess {
    /** The exit code when another engine has the directory. */
    static final int TURNED_AWAY = 3;

    private EngineProcess() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        Path notes = Path.of(arguments[1]);
        int first = Integer.parseInt(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        JobEngine engine = open(data, notes);
        say("opened");
        engine.start();
        for (int number = first; number < first + count; number++) {
            submit(engine, number);
        }
        while (true) {
            LockSupport.park();
        }
    }

    /** Opens an engine with two slots that forgives any number of losses. */
    static JobEngine engine(Path data, Path notes) {
        Path script = notes.resolve("trainer.sh");
        TrainerSettings trainer = new TrainerSettings(
                TrainerCommand.ofWords(List.of("sh", script.toString(), "{config}")),
                notes,
                Map.of(),
                Set.of(),
                Map.of("NOTES", notes.toString()));
        Patience patience = new Patience(
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMinutes(60));
        EngineSettings settings = new EngineSettings(
                data,
                FileNames.DEFAULT,
                Optional.empty(),
                new QueueRules(2, 10_000, 1000),
                patience,
                trainer,
                0.2,
                1 << 30);
        return JobEngine.open(settings, Clock.systemUTC());
    }

    private static JobEngine open(Path data, Path notes) {
        try {
            return engine(data, notes);
        } catch (JobsException e) {
            say(String.valueOf(e.getMessage()));
            System.exit(TURNED_AWAY);
            throw e;
        }
    }

    private static void submit(JobEngine engine, int number) {
        JobId id = new JobId("j" + number);
        engine.submit(new JobRequest(Optional.of(id), "ann", Optional.empty(), JsonText.EMPTY, new Dataset.None()));
        say("accepted " + id);
        if (number % 5 == 0) {
            CompletableFuture<Outcome> outcome = engine.cancel(id).toCompletableFuture();
            boolean tooLate = outcome.isDone() && outcome.join() instanceof Outcome.NotAllowed;
            say(tooLate ? "too late for " + id : "cancelled " + id);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
