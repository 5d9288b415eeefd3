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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real supervisors and real trainers, the latter being a line of shell each. */
class LocalProcessesTest {
    private static final JobId JOB = new JobId("a");
    private static final AttemptName FIRST = new AttemptName(JOB, 1);
    private static final AttemptName SECOND = new AttemptName(JOB, 2);

    @TempDir
    Path directory;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = new Workspace(directory.resolve("data dir"), FileNames.DEFAULT);
        Files.createDirectories(workspace.logs());
    }

    @AfterEach
    void killEverythingThatIsLeft() throws IOException {
        LocalProcesses processes = runner("true");
        for (AttemptName name : List.of(FIRST, SECOND)) {
            processes.revoke(name);
            Await.until("the end of " + name, () -> {
                processes.kill(name);
                return isEnd(look(processes, name));
            });
        }
    }

    @Test
    void keepsTheExitCode() throws IOException {
        LocalProcesses processes = runner("exit 7");

        processes.start(order(FIRST));

        assertThat(end(processes, FIRST)).isEqualTo(new Sighting.Ended(7));
    }

    @Test
    void keepsTheExitCodeForAServerThatComesLater() throws IOException {
        end(started("exit 7"), FIRST);

        assertThat(look(runner("true"), FIRST)).isEqualTo(new Sighting.Ended(7));
    }

    @Test
    void sendsTheOutputToTheLogAsItComes() throws IOException {
        end(started("echo out; echo err >&2; echo more"), FIRST);

        assertThat(workspace.log(JOB)).hasContent("out\nerr\nmore");
    }

    @Test
    void appendsToTheLogOfTheAttemptBefore() throws IOException {
        end(started("echo once"), FIRST);
        LocalProcesses processes = runner("echo again");
        processes.start(order(SECOND));

        end(processes, SECOND);

        assertThat(workspace.log(JOB)).hasContent("once\nagain");
    }

    @Test
    void runsTheTrainerInASessionOfItsOwnThatAnotherServerCanSee() throws IOException {
        LocalProcesses processes = started("exec sleep 60");
        Await.until("the trainer", () -> look(processes, FIRST) instanceof Sighting.Running);

        LocalProcesses another = runner("true");

        assertThat(look(another, FIRST)).isEqualTo(look(processes, FIRST));
        long pid = ((Sighting.Running) look(another, FIRST)).pid();
        ProcessStat trainer = new ProcessTable().stat(pid).orElseThrow();
        ProcessStat self =
                new ProcessTable().stat(ProcessHandle.current().pid()).orElseThrow();
        assertThat(trainer.session()).isEqualTo(trainer.group()).isNotEqualTo(self.session());
    }

    @Test
    void stopsATrainerThatHonoursTheRequestAndKeepsItsCode() throws IOException {
        LocalProcesses processes = started("trap 'echo saved; exit 5' TERM; echo ready; while :; do sleep 0.01; done");
        awaitLog("ready");

        processes.askToStop(FIRST);

        assertThat(end(processes, FIRST)).isEqualTo(new Sighting.Ended(5));
        assertThat(workspace.log(JOB)).hasContent("ready\nsaved");
    }

    @Test
    void killsATrainerThatIgnoresTheRequest() throws IOException {
        LocalProcesses processes = started("trap '' TERM; echo ready; while :; do sleep 0.01; done");
        awaitLog("ready");
        processes.askToStop(FIRST);
        assertThat(look(processes, FIRST)).isInstanceOf(Sighting.Running.class);

        processes.kill(FIRST);
        Await.until("the trainer's death", () -> !(look(processes, FIRST) instanceof Sighting.Running));
        processes.kill(FIRST);

        assertThat(end(processes, FIRST)).isEqualTo(new Sighting.Ended(137));
    }

    @Test
    void stopsATrainerThatWasFrozen() throws Exception {
        LocalProcesses processes = started("exec sleep 60");
        long pid = awaitPid(processes);
        signal("STOP", pid);
        Await.until("the trainer to freeze", () -> state(pid) == 'T');

        processes.askToStop(FIRST);

        assertThat(end(processes, FIRST)).isEqualTo(new Sighting.Ended(143));
    }

    @Test
    void doesNotBeginWhatWasStoppedBefore() throws IOException {
        LocalProcesses processes = runner("echo never");
        processes.askToStop(FIRST);

        processes.start(order(FIRST));

        assertThat(end(processes, FIRST)).isEqualTo(new Sighting.Ended(143));
        assertThat(workspace.log(JOB)).isEmptyFile();
    }

    @Test
    void neverRunsWhatWasRevoked() throws IOException {
        LocalProcesses processes = runner("echo never");
        assertThat(look(processes, FIRST)).isInstanceOf(Sighting.Unclaimed.class);
        assertThat(processes.revoke(FIRST)).isTrue();
        assertThat(processes.revoke(FIRST)).isTrue();

        processes.start(order(FIRST));

        Await.until("the supervisor's refusal", () -> log().contains("attempt 1 is taken or revoked"));
        assertThat(look(processes, FIRST)).isInstanceOf(Sighting.Revoked.class);
        assertThat(log()).doesNotContain("never");
    }

    @Test
    void cannotRevokeWhatHasBeenClaimed() throws IOException {
        LocalProcesses processes = started("exec sleep 60");
        awaitPid(processes);

        assertThat(runner("true").revoke(FIRST)).isFalse();
    }

    @Test
    void runsAnAttemptOnceHoweverManySupervisorsAreStarted() throws IOException {
        for (int i = 0; i < 10; i++) {
            started("echo ran; sleep 0.2");
        }

        end(runner("true"), FIRST);

        Await.until("all refusals", () -> log().lines().count() == 10);
        assertThat(log().lines().filter("ran"::equals)).hasSize(1);
    }

    @Test
    void findsWhatASupervisorLeavesBehindAndTheCodeIsLost() throws IOException {
        LocalProcesses processes = started("exec sleep 60");
        awaitPid(processes);

        ProcessHandle.of(supervisorPid()).orElseThrow().destroyForcibly();
        Await.until("the leftover", () -> look(processes, FIRST) instanceof Sighting.Leftover);
        assertThat(look(runner("true"), FIRST)).isInstanceOf(Sighting.Leftover.class);
        processes.askToStop(FIRST);

        assertThat(end(processes, FIRST)).isInstanceOf(Sighting.Lost.class);
    }

    @Test
    void findsGrandchildrenThatOutliveTheTrainerAndKeepsItsCode() throws IOException {
        LocalProcesses processes = started("sleep 60 & exit 3");
        Await.until("the leftover", () -> look(processes, FIRST) instanceof Sighting.Leftover);

        processes.askToStop(FIRST);

        assertThat(end(processes, FIRST)).isEqualTo(new Sighting.Ended(3));
    }

    @Test
    void findsGrandchildrenThatHaveLeftTheSession() throws IOException {
        LocalProcesses processes = started("setsid sh -c \"trap '' TERM; sleep 60\" & exit 3");
        Await.until("the leftover", () -> look(processes, FIRST) instanceof Sighting.Leftover);

        processes.kill(FIRST);

        assertThat(end(processes, FIRST)).isEqualTo(new Sighting.Ended(3));
    }

    @Test
    void findsGrandchildrenThatHaveOverwrittenTheirEnvironmentAsLongAsTheyStayInTheGroup() throws IOException {
        LocalProcesses processes = started("env -i sleep 60 & sleep 0.3; exit 3");
        Await.until("a look at the living", () -> look(processes, FIRST) instanceof Sighting.Running);
        Await.until("the leftover", () -> look(processes, FIRST) instanceof Sighting.Leftover);

        processes.kill(FIRST);

        assertThat(end(processes, FIRST)).isEqualTo(new Sighting.Ended(3));
    }

    @Test
    void takesNoCodeOfAnEarlierAttemptForThatOfALaterOne() throws IOException {
        end(started("exit 7"), FIRST);
        LocalProcesses processes = runner("exec sleep 60");
        processes.start(order(SECOND));
        Await.until("the trainer", () -> look(processes, SECOND) instanceof Sighting.Running);
        long supervisor = supervisorPid(2);

        ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
        Await.until("the leftover", () -> look(processes, SECOND) instanceof Sighting.Leftover);
        processes.kill(SECOND);

        assertThat(end(processes, SECOND)).isInstanceOf(Sighting.Lost.class);
    }

    @Test
    void takesAnAttemptOfAnEarlierBootForDeadWithoutLookingAtItsPid() throws IOException {
        Files.createDirectories(workspace.attempts(JOB));
        String self = ProcessHandle.current().pid() + " "
                + new ProcessTable()
                        .stat(ProcessHandle.current().pid())
                        .orElseThrow()
                        .start();
        Files.writeString(workspace.attempts(JOB).resolve("claim-1"), self + " another-boot\n");

        assertThat(look(runner("true"), FIRST)).isInstanceOf(Sighting.NeverRan.class);
    }

    @Test
    void takesATrainerThatWasShutDownWithItsMachineForLostAndNoOther() throws IOException {
        Path attempts = Files.createDirectories(workspace.attempts(JOB));
        Files.writeString(attempts.resolve("claim-1"), "4711 1 another-boot\n");
        Files.writeString(attempts.resolve("started"), "4711 1 another-boot 4712 2\n");

        Files.writeString(attempts.resolve("exit-code"), "143 4711 1 another-boot   \n");
        assertThat(look(runner("true"), FIRST)).isInstanceOf(Sighting.Lost.class);
        Files.writeString(attempts.resolve("exit-code"), "7 4711 1 another-boot   \n");
        assertThat(look(runner("true"), FIRST)).isEqualTo(new Sighting.Ended(7));
    }

    @Test
    void takesAPidThatWasGivenOutAgainForDead() throws IOException {
        Files.createDirectories(workspace.attempts(JOB));
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        String claim = ProcessHandle.current().pid() + " 1 " + boot;
        Files.writeString(workspace.attempts(JOB).resolve("claim-1"), claim + "\n");
        Files.writeString(workspace.attempts(JOB).resolve("started"), claim + " 5 5\n");

        assertThat(look(runner("true"), FIRST)).isInstanceOf(Sighting.Lost.class);
    }

    @Test
    void handsTheTrainerAnEnvironmentOfItsOwn() throws IOException {
        LocalProcesses processes = open(
                "env",
                Map.of(
                        "SECRET",
                        "s3cret",
                        "HOME",
                        "/home/ann",
                        "HF_TOKEN",
                        "hf",
                        "MINE",
                        "yes",
                        "PATH",
                        "/usr/bin:/bin"),
                Set.of("MINE"));

        processes.start(order(FIRST));
        end(processes, FIRST);

        assertThat(log().lines())
                .contains(
                        "HOME=/home/ann",
                        "HF_TOKEN=hf",
                        "MINE=yes",
                        "PATH=/usr/bin:/bin",
                        "JOB_ID=a",
                        "JOB_USER_ID=ann",
                        "JOB_TOKEN=token",
                        "HW_ATTEMPT=hw-a-1",
                        "HW_ATTEMPT_NUMBER=1",
                        "PYTHONUNBUFFERED=1",
                        "METRICS_API_URL=http://127.0.0.1/metrics")
                .noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void saysWhenThereIsNoSuchProgram() throws IOException {
        LocalProcesses nowhere = open(TrainerCommand.parse("no-such-trainer {config}"), Map.of(), Set.of());
        LocalProcesses missing = open(TrainerCommand.parse("./missing.sh"), Map.of(), Set.of());

        assertThat(nowhere.start(order(FIRST)))
                .isInstanceOfSatisfying(
                        StartResult.Impossible.class,
                        impossible ->
                                assertThat(impossible.reason()).contains("no program 'no-such-trainer' on the PATH"));
        assertThat(missing.start(order(FIRST)))
                .isInstanceOfSatisfying(
                        StartResult.Impossible.class,
                        impossible -> assertThat(impossible.reason()).contains(directory + "/./missing.sh"));
    }

    @Test
    void asksAgainLaterWhenTheFilesOfAnAttemptCannotBeWritten() throws IOException {
        Files.createDirectories(workspace.attempts());
        Files.writeString(workspace.attempts(JOB), "a file where a directory should be");
        LocalProcesses processes = runner("true");

        assertThat(processes.start(order(FIRST))).isInstanceOf(StartResult.FailedForNow.class);
        assertThat(look(processes, FIRST)).isInstanceOf(Sighting.Unknown.class);
        assertThat(processes.revoke(FIRST)).isFalse();

        Files.delete(workspace.attempts(JOB));
    }

    @Test
    void stopsASupervisorThatHangsTogetherWithItsTrainer() throws Exception {
        LocalProcesses processes = started("exec sleep 60");
        awaitPid(processes);
        long supervisor = supervisorPid();
        signal("STOP", supervisor);
        Await.until("the supervisor to freeze", () -> state(supervisor) == 'T');

        Await.until("the end", () -> {
            processes.kill(FIRST);
            return isEnd(look(processes, FIRST));
        });

        assertThat(look(processes, FIRST)).isInstanceOf(Sighting.Lost.class);
    }

    private LocalProcesses started(String shell) throws IOException {
        LocalProcesses processes = runner(shell);
        assertThat(processes.start(order(FIRST))).isInstanceOf(StartResult.Ordered.class);
        return processes;
    }

    private LocalProcesses runner(String shell) throws IOException {
        return open(shell, Map.of(), Set.of());
    }

    private LocalProcesses open(String shell, Map<String, String> environment, Set<String> passthrough)
            throws IOException {
        return open(TrainerCommand.ofWords(List.of("sh", "-c", shell)), environment, passthrough);
    }

    private LocalProcesses open(TrainerCommand command, Map<String, String> environment, Set<String> passthrough)
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

    private static AttemptOrder order(AttemptName name) {
        return new AttemptOrder(name, "ann", "token");
    }

    private static Sighting look(LocalProcesses processes, AttemptName name) {
        return processes.look(Set.of(name)).values().iterator().next();
    }

    private static Sighting end(LocalProcesses processes, AttemptName name) {
        Await.until("the end of " + name, () -> isEnd(look(processes, name)));
        return look(processes, name);
    }

    private static boolean isEnd(Sighting sighting) {
        return sighting instanceof Sighting.Ended
                || sighting instanceof Sighting.Lost
                || sighting instanceof Sighting.NeverRan
                || sighting instanceof Sighting.Revoked;
    }

    private static long awaitPid(LocalProcesses processes) {
        Await.until("the trainer", () -> look(processes, FIRST) instanceof Sighting.Running);
        return ((Sighting.Running) look(processes, FIRST)).pid();
    }

    private long supervisorPid() throws IOException {
        return supervisorPid(1);
    }

    private long supervisorPid(int attempt) throws IOException {
        String claim =
                new AttemptFiles(workspace.attempts(JOB), attempt).claim().orElseThrow();
        return ProcessIdentity.parse(claim).orElseThrow().pid();
    }

    private void awaitLog(String text) {
        Await.until("'" + text + "' in the log", () -> log().contains(text));
    }

    private String log() {
        try {
            return Files.exists(workspace.log(JOB)) ? Files.readString(workspace.log(JOB)) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static char state(long pid) {
        try {
            Optional<ProcessStat> stat = new ProcessTable().stat(pid);
            return stat.isPresent() ? stat.get().state() : 'X';
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
        assertThat(kill.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
