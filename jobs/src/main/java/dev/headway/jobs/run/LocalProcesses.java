package dev.headway.jobs.run;

import dev.headway.jobs.workspace.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs attempts as processes of this machine that outlive the server. Linux only. For any number of threads.
 *
 * <p>Each attempt gets a small supervisor, {@code supervisor.sh}, in a session of its own. It claims the attempt, runs the
 * trainer, whose output goes straight to the log file, and leaves the exit code in a file. Nothing runs through a pipe,
 * so nothing breaks when the server dies. What is known here besides is only a shortcut: everything that matters is in
 * the files and in {@code /proc}, and a server that has just started reads it from there.
 *
 * <p>The questions about an attempt are always asked in the same order: is the supervisor alive? is anything left of the
 * attempt? is there an exit code that carries its claim? Asking for the code first would find none, and then find the
 * supervisor gone, when it ends between the two.
 */
public final class LocalProcesses implements AttemptRunner {
    private static final Logger LOG = LoggerFactory.getLogger(LocalProcesses.class);

    /** The code by which a supervisor says that it could not write its files. */
    private static final int FILES_NOT_WRITTEN = 74;

    /** The codes of SIGHUP, SIGINT, SIGKILL and SIGTERM. */
    private static final Set<Integer> SHUTDOWN_CODES = Set.of(129, 130, 137, 143);

    private final Workspace workspace;
    private final TrainerSettings settings;
    private final Path supervisor;
    private final ProcessTable processes;
    private final Leftovers leftovers;

    /** Supervisors started by this server which may not have claimed yet. */
    private final Map<AttemptName, Process> ordered = new ConcurrentHashMap<>();

    /** Attempts whose supervisor this server has seen alive. */
    private final Set<AttemptName> seenAlive = ConcurrentHashMap.newKeySet();

    private LocalProcesses(Workspace workspace, TrainerSettings settings, Path supervisor) throws IOException {
        this.workspace = workspace;
        this.settings = settings;
        this.supervisor = supervisor;
        this.processes = new ProcessTable();
        this.leftovers = new Leftovers(processes);
    }

    /**
     * Puts the supervisor into the workspace.
     *
     * @param workspace where the jobs are
     * @param settings what trainers are and where they run
     * @return the runner
     * @throws IOException if the workspace cannot be written to, or this machine has no {@code /proc}
     */
    public static LocalProcesses open(Workspace workspace, TrainerSettings settings) throws IOException {
        Path directory = workspace.attempts();
        Files.createDirectories(directory);
        Path script = directory.resolve("supervisor.sh");
        Path aside = Files.createTempFile(directory, ".supervisor", ".sh");
        try (InputStream source = LocalProcesses.class.getResourceAsStream("supervisor.sh")) {
            if (source == null) {
                throw new IOException("supervisor.sh is missing from the program");
            }
            Files.copy(source, aside, StandardCopyOption.REPLACE_EXISTING);
            // Shells read a script as they go; the running ones keep the old file.
            Files.move(aside, script, StandardCopyOption.ATOMIC_MOVE);
        }
        return new LocalProcesses(workspace, settings, script);
    }

    @Override
    public StartResult start(AttemptOrder order) {
        Path directory = directory(order.name());
        Map<String, String> environment = TrainerEnvironment.make(settings, order, directory);
        List<String> trainer = settings.command()
                .words(workspace.config(order.name().job()), order.name().job());
        Optional<String> problem = ProgramFinder.problem(
                trainer.get(0), settings.workingDirectory(), environment.getOrDefault("PATH", ""));
        if (problem.isPresent()) {
            return new StartResult.Impossible(problem.get());
        }
        try {
            spawn(order.name(), directory, environment, trainer);
            return new StartResult.Ordered();
        } catch (IOException e) {
            return new StartResult.FailedForNow(String.valueOf(e.getMessage()));
        }
    }

    private void spawn(AttemptName name, Path directory, Map<String, String> environment, List<String> trainer)
            throws IOException {
        Files.createDirectories(directory);
        Files.createDirectories(workspace.output(name.job()));
        ProcessBuilder builder = new ProcessBuilder(
                "setsid", "sh", supervisor.toString(), Integer.toString(name.number()), directory.toString());
        builder.command().addAll(trainer);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(settings.workingDirectory().toFile());
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(workspace.log(name.job()).toFile()));
        ordered.put(name, builder.start());
    }

    @Override
    public Map<AttemptName, Sighting> look(Set<AttemptName> names) {
        Map<AttemptName, Sighting> sightings = new HashMap<>();
        names.forEach(name -> sightings.put(name, look(name)));
        return sightings;
    }

    private Sighting look(AttemptName name) {
        try {
            Sighting sighting = lookClosely(name);
            if (isEnd(sighting)) {
                ordered.remove(name);
                seenAlive.remove(name);
            }
            return sighting;
        } catch (IOException e) {
            return new Sighting.Unknown(e.toString());
        }
    }

    private static boolean isEnd(Sighting sighting) {
        return sighting instanceof Sighting.Ended
                || sighting instanceof Sighting.Lost
                || sighting instanceof Sighting.NeverRan
                || sighting instanceof Sighting.Revoked;
    }

    private Sighting lookClosely(AttemptName name) throws IOException {
        Optional<String> claim = files(name).claim();
        return claim.isPresent() ? lookAtClaimed(name, claim.get()) : lookAtUnclaimed(name);
    }

    private Sighting lookAtUnclaimed(AttemptName name) throws IOException {
        Process process = ordered.get(name);
        if (process == null) {
            return new Sighting.Unclaimed();
        }
        if (process.isAlive()) {
            return new Sighting.Beginning();
        }
        // It may have claimed, run and ended since we asked for the claim.
        Optional<String> claim = files(name).claim();
        return claim.isPresent() ? lookAtClaimed(name, claim.get()) : neverClaimed(process.exitValue());
    }

    private static Sighting neverClaimed(int code) {
        return new Sighting.NeverRan("its supervisor ended with code " + code, code == FILES_NOT_WRITTEN);
    }

    private Sighting lookAtClaimed(AttemptName name, String claim) throws IOException {
        Optional<ProcessIdentity> owner = ProcessIdentity.parse(claim);
        if (owner.isEmpty()) {
            return claim.equals(AttemptFiles.REVOKED) ? new Sighting.Revoked() : new Sighting.Lost();
        }
        if (processes.isAlive(owner.get())) {
            seenAlive.add(name);
            return files(name)
                    .trainer(claim)
                    .<Sighting>map(trainer -> new Sighting.Running(trainer.pid()))
                    .orElseGet(Sighting.Beginning::new);
        }
        return leftovers(name, owner.get()).isEmpty() ? lookAtEnded(name, owner.get()) : new Sighting.Leftover();
    }

    private Sighting lookAtEnded(AttemptName name, ProcessIdentity owner) throws IOException {
        OptionalInt code = files(name).exitCode(owner.toString());
        boolean began = files(name).trainer(owner.toString()).isPresent();
        if (!began && code.orElse(FILES_NOT_WRITTEN) == FILES_NOT_WRITTEN) {
            return new Sighting.NeverRan("its supervisor ended before the trainer began", true);
        }
        if (code.isEmpty() || wentDownWithTheMachine(owner, code.getAsInt())) {
            return new Sighting.Lost();
        }
        return new Sighting.Ended(code.getAsInt());
    }

    /** A machine that shuts down sends signals to all; that is no end of the trainer's own. */
    private boolean wentDownWithTheMachine(ProcessIdentity owner, int code) {
        return !processes.isOfThisBoot(owner) && SHUTDOWN_CODES.contains(code);
    }

    @Override
    public boolean revoke(AttemptName name) {
        try {
            return files(name).revoke();
        } catch (IOException e) {
            LOG.warn("attempt not revoked attempt={} reason={}", name, e.toString());
            return false;
        }
    }

    @Override
    public void askToStop(AttemptName name) {
        try {
            files(name).orderStop();
            Signals.terminate(targets(name));
        } catch (IOException e) {
            LOG.warn("attempt not asked to stop attempt={} reason={}", name, e.toString());
        }
    }

    @Override
    public void kill(AttemptName name) {
        try {
            List<ProcessStat> targets = targets(name);
            Signals.kill(targets);
            Optional<ProcessIdentity> owner = owner(name);
            if (owner.isPresent()) {
                killAround(owner.get(), targets);
            }
        } catch (IOException e) {
            LOG.warn("attempt not killed attempt={} reason={}", name, e.toString());
        }
    }

    /** A supervisor without a trainer that is told to go has been stopped or hangs; without it, its group is left. */
    private void killAround(ProcessIdentity owner, List<ProcessStat> targets) throws IOException {
        if (!processes.isAlive(owner)) {
            killGroup(owner.pid(), targets);
        } else if (targets.isEmpty()) {
            Signals.kill(processes.stat(owner.pid()).stream().toList());
        }
    }

    /** The group is ours if one of the processes found to be ours is in it. */
    private static void killGroup(long group, List<ProcessStat> targets) {
        if (targets.stream().anyMatch(target -> target.group() == group)) {
            Signals.killGroup(group);
        }
    }

    /** The trainer while its supervisor lives, which then writes the code; otherwise all that is left. */
    private List<ProcessStat> targets(AttemptName name) throws IOException {
        Optional<String> claim = files(name).claim();
        Optional<ProcessIdentity> owner = claim.flatMap(ProcessIdentity::parse);
        if (owner.isEmpty()) {
            return List.of();
        }
        if (!processes.isAlive(owner.get())) {
            return leftovers(name, owner.get());
        }
        Optional<ProcessIdentity> trainer = files(name).trainer(claim.get());
        return trainer.isPresent() && processes.isAlive(trainer.get())
                ? processes.stat(trainer.get().pid()).stream().toList()
                : List.of();
    }

    private List<ProcessStat> leftovers(AttemptName name, ProcessIdentity owner) throws IOException {
        return processes.isOfThisBoot(owner)
                ? leftovers.of(name, directory(name), owner.pid(), seenAlive.contains(name))
                : List.of();
    }

    private Optional<ProcessIdentity> owner(AttemptName name) throws IOException {
        return files(name).claim().flatMap(ProcessIdentity::parse);
    }

    private AttemptFiles files(AttemptName name) {
        return new AttemptFiles(directory(name), name.number());
    }

    private Path directory(AttemptName name) {
        return workspace.attempts(name.job());
    }
}
