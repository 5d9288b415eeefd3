package dev.headway.jobs.run;

import static dev.headway.jobs.run.Attempts.FIRST;
import static dev.headway.jobs.run.Attempts.JOB;
import static dev.headway.jobs.run.Attempts.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may run an attempt, and whom the files of an attempt speak of. */
class ClaimTest {
    private Attempts attempts;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        attempts = Attempts.in(directory);
    }

    @AfterEach
    void killEverythingThatIsLeft() throws IOException {
        attempts.close();
    }

    @Test
    void neverRunsWhatWasRevoked() throws IOException {
        LocalProcesses processes = attempts.runner("echo never");
        assertThat(Attempts.look(processes, FIRST)).isInstanceOf(Sighting.Unclaimed.class);
        assertThat(processes.revoke(FIRST)).isTrue();
        assertThat(processes.revoke(FIRST)).isTrue();

        processes.start(Attempts.order(FIRST));

        Await.until("the supervisor's refusal", () -> attempts.log().contains("attempt 1 is taken or revoked"));
        assertThat(Attempts.look(processes, FIRST)).isInstanceOf(Sighting.Revoked.class);
        assertThat(attempts.log()).doesNotContain("never");
    }

    @Test
    void cannotRevokeWhatHasBeenClaimed() throws IOException {
        LocalProcesses processes = attempts.started("exec sleep 60");
        Attempts.awaitPid(processes);

        assertThat(attempts.runner("true").revoke(FIRST)).isFalse();
    }

    @Test
    void runsAnAttemptOnceHoweverManySupervisorsAreStarted() throws IOException {
        for (int i = 0; i < 10; i++) {
            attempts.started("echo ran; sleep 0.2");
        }

        Attempts.end(attempts.runner("true"), FIRST);

        Await.until("all refusals", () -> attempts.log().lines().count() == 10);
        assertThat(attempts.log().lines().filter("ran"::equals)).hasSize(1);
    }

    @Test
    void takesNoCodeOfAnEarlierAttemptForThatOfALaterOne() throws IOException {
        Attempts.end(attempts.started("exit 7"), FIRST);
        LocalProcesses processes = attempts.runner("exec sleep 60");
        processes.start(Attempts.order(SECOND));
        Await.until("the trainer", () -> Attempts.look(processes, SECOND) instanceof Sighting.Running);
        long supervisor = attempts.supervisorPid(2);

        ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
        Await.until("the leftover", () -> Attempts.look(processes, SECOND) instanceof Sighting.Leftover);
        assertThat(Attempts.killed(processes, SECOND)).isInstanceOf(Sighting.Lost.class);
    }

    @Test
    void takesAnAttemptOfAnEarlierBootForDeadWithoutLookingAtItsPid() throws IOException {
        Files.createDirectories(attempts.workspace().attempts(JOB));
        String self = ProcessHandle.current().pid() + " "
                + new ProcessTable()
                        .stat(ProcessHandle.current().pid())
                        .orElseThrow()
                        .start();
        Files.writeString(attempts.workspace().attempts(JOB).resolve("claim-1"), self + " another-boot\n");

        assertThat(Attempts.look(attempts.runner("true"), FIRST)).isInstanceOf(Sighting.NeverRan.class);
    }

    @Test
    void takesATrainerThatWasShutDownWithItsMachineForLostAndNoOther() throws IOException {
        Path files = Files.createDirectories(attempts.workspace().attempts(JOB));
        Files.writeString(files.resolve("claim-1"), "4711 1 another-boot\n");
        Files.writeString(files.resolve("started"), "4711 1 another-boot 4712 2\n");

        Files.writeString(files.resolve("exit-code"), "143 4711 1 another-boot   \n");
        assertThat(Attempts.look(attempts.runner("true"), FIRST)).isInstanceOf(Sighting.Lost.class);
        Files.writeString(files.resolve("exit-code"), "7 4711 1 another-boot   \n");
        assertThat(Attempts.look(attempts.runner("true"), FIRST)).isEqualTo(new Sighting.Ended(7));
    }

    @Test
    void takesAPidThatWasGivenOutAgainForDead() throws IOException {
        Files.createDirectories(attempts.workspace().attempts(JOB));
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        String claim = ProcessHandle.current().pid() + " 1 " + boot;
        Files.writeString(attempts.workspace().attempts(JOB).resolve("claim-1"), claim + "\n");
        Files.writeString(attempts.workspace().attempts(JOB).resolve("started"), claim + " 5 5\n");

        assertThat(Attempts.look(attempts.runner("true"), FIRST)).isInstanceOf(Sighting.Lost.class);
    }
}
