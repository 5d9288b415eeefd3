package dev.headway.jobs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.Await;
import dev.headway.jobs.JobEngine;
import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real engine at random moments, again and again, and then asks: is anything lost, was anything run twice?
 *
 * <p>Each round starts a JVM that opens the engine, submits jobs and runs them; at a random moment, from the first
 * millisecond of that JVM to long after the last submission, it gets a SIGKILL. Sometimes a second engine is started
 * beside it, sometimes a supervisor or a trainer is killed too. At the end one engine is left alone until every job has
 * ended.
 *
 * <p>A few rounds are run with every build. For more of them: {@code mvn -pl jobs test -Dtest=KillRecoveryTest
 * -Dheadway.kill.rounds=400}; {@code -Dheadway.kill.seed=…} repeats a seed that was printed (the moments are the same,
 * what the machine does in them is not).
 */
class KillRecoveryTest {
    private static final int JOBS_PER_ROUND = 4;
    private static final int ROUNDS = Integer.getInteger("headway.kill.rounds", 12);
    private static final long SEED = Long.getLong("headway.kill.seed", System.nanoTime());

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Set<String> hurt = new TreeSet<>();
    private int killedSupervisors;
    private int killedTrainers;
    private int turnedAway;
    private int nextNumber = 1;

    @Test
    void losesNothingAndRunsNothingTwiceHoweverOftenItIsKilled() throws Exception {
        try (InputStream script = KillRecoveryTest.class.getResourceAsStream("trainer.sh")) {
            Files.copy(script, notes().resolve("trainer.sh"));
        }
        for (int round = 0; round < ROUNDS; round++) {
            round();
        }

        Set<String> accepted = said("accepted");
        Set<String> cancelled = said("cancelled");
        try (JobEngine engine = EngineProcess.engine(data(), notes())) {
            engine.start();
            Await.until(
                    "the end of every job",
                    () -> engine.recent(100_000).stream()
                            .allMatch(job -> job.state().isFinished()),
                    Duration.ofSeconds(60L + ROUNDS));

            accepted.forEach(id -> assertEndedRightly(engine, id, cancelled.contains(id)));
            report(engine, accepted, cancelled);
        }
        assertThat(notes().resolve("doubles"))
                .as("two trainers of one job at once")
                .doesNotExist();
        assertThat(lines("began")).as("attempts that ran").doesNotHaveDuplicates();
        assertEveryUnhurtJobRanOnce(accepted, cancelled);
    }

    private void assertEndedRightly(JobEngine engine, String id, boolean cancelled) {
        Optional<Job> found = engine.find(new JobId(id));
        assertThat(found).as("accepted job " + id).isPresent();
        Job job = found.get();
        int number = Integer.parseInt(id.substring(1));
        if (cancelled) {
            assertThat(job.state()).as(id + " was cancelled").isEqualTo(JobState.CANCELLED);
            return;
        }
        if (job.state() == JobState.CANCELLED) {
            assertThat(number % 5)
                    .as(id + " was to be cancelled when the engine died")
                    .isZero();
            return;
        }
        if (hurt.contains(id)
                && job.errorMessage().filter(m -> m.endsWith("code 137")).isPresent()) {
            return;
        }
        boolean fails = number % 3 == 0;
        assertThat(job.state()).as(id).isEqualTo(fails ? JobState.FAILED : JobState.COMPLETED);
        assertThat(job.errorMessage())
                .as(id)
                .isEqualTo(fails ? Optional.of("Training process exited with code 7") : Optional.empty());
    }

    private void assertEveryUnhurtJobRanOnce(Set<String> accepted, Set<String> cancelled) throws IOException {
        List<String> ended = lines("ended");
        for (String id : accepted) {
            boolean maybeCancelled = Integer.parseInt(id.substring(1)) % 5 == 0 || cancelled.contains(id);
            if (!hurt.contains(id) && !maybeCancelled) {
                assertThat(ended.stream().filter(attempt -> attempt.startsWith("hw-" + id + "-")))
                        .as("ends of the work of " + id)
                        .hasSize(1);
            }
        }
    }

    private void round() throws Exception {
        List<Process> engines = new ArrayList<>();
        Path output = startEngine(engines);
        if (random.nextInt(8) == 0) {
            startEngine(engines);
        }
        waitForTheMoment(output, engines.get(0));
        if (random.nextInt(3) == 0) {
            killSupervisorOrTrainer();
        }
        for (Process engine : engines) {
            engine.destroyForcibly();
            assertThat(engine.waitFor(30, TimeUnit.SECONDS)).isTrue();
            turnedAway += engine.exitValue() == EngineProcess.TURNED_AWAY ? 1 : 0;
        }
    }

    private Path startEngine(List<Process> engines) throws IOException {
        Path output = notes().resolve("engine-" + nextNumber + ".out");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                data().toString(),
                notes().toString(),
                Integer.toString(nextNumber),
                Integer.toString(JOBS_PER_ROUND));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        builder.redirectInput(new File("/dev/null"));
        engines.add(builder.start());
        nextNumber += JOBS_PER_ROUND;
        return output;
    }

    /** Some moments lie anywhere; most just after something, where commits, claims and starts are. */
    private void waitForTheMoment(Path output, Process engine) throws IOException {
        switch (random.nextInt(5)) {
            case 0 -> pause(random.nextInt(2000));
            case 1 -> {
                awaitLines(output, engine, 1);
                pause(random.nextInt(500));
            }
            case 2 -> {
                awaitLines(output, engine, 2 + random.nextInt(JOBS_PER_ROUND));
                pause(random.nextInt(60));
            }
            default -> {
                awaitLines(notes().resolve("began"), engine, lines("began").size() + 1 + random.nextInt(3));
                pause(random.nextInt(300));
            }
        }
    }

    private static void awaitLines(Path output, Process engine, int count) {
        Await.until(
                "line " + count + " of " + output,
                () -> !engine.isAlive() || lineCount(output) >= count,
                Duration.ofMinutes(2));
    }

    private static long lineCount(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Not a wait for anything: the moment of the kill is what the test makes up. */
    private static void pause(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** Picks a living supervisor, and it or its child gets a SIGKILL. */
    private void killSupervisorOrTrainer() throws IOException {
        List<Path> claims;
        try (Stream<Path> files = Files.walk(data().resolve("attempts"))) {
            claims = files.filter(file -> file.getFileName().toString().startsWith("claim-"))
                    .toList();
        }
        for (Path claim : claims) {
            Optional<ProcessHandle> supervisor = supervisor(claim);
            if (supervisor.isPresent()) {
                kill(claim, supervisor.get());
                return;
            }
        }
    }

    private static Optional<ProcessHandle> supervisor(Path claim) throws IOException {
        String pid = Files.readString(claim).split(" ", -1)[0].strip();
        return pid.equals("revoked")
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(pid))
                        .filter(process -> process.info()
                                .commandLine()
                                .filter(line -> line.contains("supervisor.sh"))
                                .isPresent());
    }

    private void kill(Path claim, ProcessHandle supervisor) {
        hurt.add(claim.getParent().getFileName().toString().substring("job_".length()));
        Optional<ProcessHandle> trainer = supervisor.children().findFirst();
        if (random.nextBoolean() && trainer.isPresent()) {
            trainer.get().destroyForcibly();
            killedTrainers++;
        } else {
            supervisor.destroyForcibly();
            killedSupervisors++;
        }
    }

    private Set<String> said(String verb) throws IOException {
        Set<String> ids = new HashSet<>();
        try (Stream<Path> outputs = Files.list(notes())) {
            for (Path output :
                    outputs.filter(file -> file.toString().endsWith(".out")).toList()) {
                Files.readAllLines(output).stream()
                        .filter(line -> line.startsWith(verb + " "))
                        .forEach(line -> ids.add(line.substring(verb.length() + 1)));
            }
        }
        return ids;
    }

    private List<String> lines(String name) throws IOException {
        Path file = notes().resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void report(JobEngine engine, Set<String> accepted, Set<String> cancelled) throws IOException {
        List<Job> jobs = engine.recent(100_000);
        System.out.printf(
                "KillRecoveryTest seed=%d kills=%d turnedAway=%d accepted=%d cancelled=%d stored=%d supervisorsKilled=%d"
                        + " trainersKilled=%d attemptsStored=%d attemptsRun=%d restarts=%d%n",
                SEED,
                ROUNDS,
                turnedAway,
                accepted.size(),
                cancelled.size(),
                jobs.size(),
                killedSupervisors,
                killedTrainers,
                jobs.stream().mapToInt(Job::attempt).sum(),
                lines("began").size(),
                jobs.stream().mapToInt(Job::restarts).sum());
    }

    private Path data() throws IOException {
        return Files.createDirectories(directory.resolve("data"));
    }

    private Path notes() throws IOException {
        return Files.createDirectories(directory.resolve("notes"));
    }
}
