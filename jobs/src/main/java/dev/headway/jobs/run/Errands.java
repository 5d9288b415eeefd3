package dev.headway.jobs.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Runs programs for what they print: few at once, none for long, and none longer than this server lives. Linux only. For
 * any number of threads.
 *
 * <p>An attempt of a job must survive the server; an errand must not. Its program is told so by its standard input, which
 * ends when the server does, however that comes about. It gets the environment of a trainer, is the first to go when the
 * machine runs out of memory, and leads a session of its own, so that it can be ended with everything that it has
 * started.
 */
public final class Errands implements AutoCloseable {
    /** Marks the processes of an errand, also those that have left its session. */
    static final String MARK = "HW_ERRAND";

    private final ErrandSettings settings;
    private final ProcessTable processes;
    private final Semaphore room;
    private final Set<Errand> running = ConcurrentHashMap.newKeySet();

    private Errands(ErrandSettings settings) throws IOException {
        this.settings = settings;
        this.processes = new ProcessTable();
        this.room = new Semaphore(settings.atOnce());
    }

    /**
     * Gets ready to run errands.
     *
     * @param settings where they run, and their bounds
     * @return the errands
     * @throws IOException if this machine has no {@code /proc}
     */
    public static Errands open(ErrandSettings settings) throws IOException {
        return new Errands(settings);
    }

    /** {@return how long one may run, and how many at once} */
    public ErrandSettings settings() {
        return settings;
    }

    /**
     * Starts a program, if there is room for one more.
     *
     * @param words the program and its arguments
     * @return how it ends, or empty if there is no room; who cancels it ends the program
     */
    public Optional<CompletableFuture<ErrandEnd>> tryRun(List<String> words) {
        if (!room.tryAcquire()) {
            return Optional.empty();
        }
        String mark = UUID.randomUUID().toString();
        Map<String, String> environment =
                TrainerEnvironment.common(settings.serverEnvironment(), settings.passthrough(), settings.additions());
        environment.put(MARK, mark);
        Optional<String> problem =
                ProgramFinder.problem(words.get(0), settings.workingDirectory(), environment.getOrDefault("PATH", ""));
        try {
            return Optional.of(problem.isPresent() ? notStarted(problem.get()) : run(words, environment, mark));
        } catch (IOException failure) {
            return Optional.of(notStarted(String.valueOf(failure.getMessage())));
        }
    }

    private CompletableFuture<ErrandEnd> notStarted(String reason) {
        room.release();
        return CompletableFuture.completedFuture(new ErrandEnd.NotStarted(reason));
    }

    private CompletableFuture<ErrandEnd> run(List<String> words, Map<String, String> environment, String mark)
            throws IOException {
        Errand errand = new Errand(start(words, environment), mark, processes);
        running.add(errand);
        return errand.follow(settings.limit(), () -> {
            running.remove(errand);
            room.release();
        });
    }

    private Process start(List<String> words, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "setsid", "sh", "-c", "echo 500 2>/dev/null >/proc/self/oom_score_adj; exec \"$@\"", "sh");
        builder.command().addAll(words);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(settings.workingDirectory().toFile());
        builder.redirectErrorStream(true);
        return builder.start();
    }

    /** Ends what runs, and starts nothing more. */
    @Override
    public void close() {
        room.drainPermits();
        running.forEach(errand -> errand.cutShort(new ErrandEnd.Stopped()));
    }
}
