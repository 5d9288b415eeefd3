package dev.headway.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.Await;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.FileNames;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The attempts of a job in a workspace of their own, run by trainers that are a line of shell each. For one thread. */
final class Attempts implements AutoCloseable {
    static final JobId JOB = new JobId("a");
    static final AttemptName FIRST = new AttemptName(JOB, 1);
    static final AttemptName SECOND = new AttemptName(JOB, 2);

    private final Path directory;
    private final Workspace workspace;

    private Attempts(Path directory) {
        this.directory = directory;
        this.workspace = new Workspace(directory.resolve("data dir"), FileNames.DEFAULT);
    }

    static Attempts in(Path directory) throws IOException {
        Attempts attempts = new Attempts(directory);
        Files.createDirectories(attempts.workspace.logs());
        return attempts;
    }

    Path directory() {
        return directory;
    }

    Workspace workspace() {
        return workspace;
    }

    /** Starts the first attempt. */
    LocalProcesses started(String shell) throws IOException {
        LocalProcesses processes = runner(shell);
        assertThat(processes.start(order(FIRST))).isInstanceOf(StartResult.Ordered.class);
        return processes;
    }

    /** Opens another runner on the same workspace, as a server that is started again does. */
    LocalProcesses runner(String shell) throws IOException {
        return open(shell, Map.of(), Set.of());
    }

    LocalProcesses open(String shell, Map<String, String> environment, Set<String> passthrough) throws IOException {
        return open(TrainerCommand.ofWords(List.of("sh", "-c", shell)), environment, passthrough);
    }

    LocalProcesses open(TrainerCommand command, Map<String, String> environment, Set<String> passthrough)
            throws IOException {
        return LocalProcesses.open(
                workspace,
                new TrainerSettings(
                        command,
                        directory,
                        environment,
                        passthrough,
                        Map.of("METRICS_API_URL", "http://127.0.0.1/metrics")));
    }

    static AttemptOrder order(AttemptName name) {
        return new AttemptOrder(name, "ann", "token");
    }

    static Sighting look(LocalProcesses processes, AttemptName name) {
        return processes.look(Set.of(name)).values().iterator().next();
    }

    /** Waits for the end of an attempt. */
    static Sighting end(LocalProcesses processes, AttemptName name) {
        Await.until("the end of " + name, () -> isEnd(look(processes, name)));
        return look(processes, name);
    }

    /**
     * Kills an attempt until it has ended, as the engine does with every tick: once may not be enough, for a process may
     * have a child while it is being killed, or be between two programs and without its mark. A supervisor that still
     * has to write the code is killed as well.
     */
    static Sighting killed(LocalProcesses processes, AttemptName name) {
        Await.until("the end of " + name, () -> {
            processes.kill(name);
            return isEnd(look(processes, name));
        });
        return look(processes, name);
    }

    static boolean isEnd(Sighting sighting) {
        return sighting instanceof Sighting.Ended
                || sighting instanceof Sighting.Lost
                || sighting instanceof Sighting.NeverRan
                || sighting instanceof Sighting.Revoked;
    }

    /** Waits for the trainer of the first attempt. */
    static long awaitPid(LocalProcesses processes) {
        Await.until("the trainer", () -> look(processes, FIRST) instanceof Sighting.Running);
        return ((Sighting.Running) look(processes, FIRST)).pid();
    }

    long supervisorPid() throws IOException {
        return supervisorPid(1);
    }

    long supervisorPid(int attempt) throws IOException {
        String claim =
                new AttemptFiles(workspace.attempts(JOB), attempt).claim().orElseThrow();
        return ProcessIdentity.parse(claim).orElseThrow().pid();
    }

    void awaitLog(String text) {
        Await.until("'" + text + "' in the log", () -> log().contains(text));
    }

    String log() {
        try {
            return Files.exists(workspace.log(JOB)) ? Files.readString(workspace.log(JOB)) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static char state(long pid) {
        try {
            Optional<ProcessStat> stat = new ProcessTable().stat(pid);
            return stat.isPresent() ? stat.get().state() : 'X';
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
        assertThat(kill.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    /** Kills everything that is left. */
    @Override
    public void close() throws IOException {
        LocalProcesses processes = runner("true");
        for (AttemptName name : List.of(FIRST, SECOND)) {
            processes.revoke(name);
            killed(processes, name);
        }
    }
}
