package dev.headway.jobs.run;

import static dev.headway.jobs.run.Attempts.FIRST;
import static dev.headway.jobs.run.Attempts.JOB;
import static dev.headway.jobs.run.Attempts.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real supervisors and real trainers, the latter being a line of shell each: from the start to the end. */
class LocalProcessesTest {
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
    void keepsTheExitCode() throws IOException {
        LocalProcesses processes = attempts.runner("exit 7");

        processes.start(Attempts.order(FIRST));

        assertThat(Attempts.end(processes, FIRST)).isEqualTo(new Sighting.Ended(7));
    }

    @Test
    void keepsTheExitCodeForAServerThatComesLater() throws IOException {
        Attempts.end(attempts.started("exit 7"), FIRST);

        assertThat(Attempts.look(attempts.runner("true"), FIRST)).isEqualTo(new Sighting.Ended(7));
    }

    @Test
    void sendsTheOutputToTheLogAsItComes() throws IOException {
        Attempts.end(attempts.started("echo out; echo err >&2; echo more"), FIRST);

        assertThat(attempts.workspace().log(JOB)).hasContent("out\nerr\nmore");
    }

    @Test
    void appendsToTheLogOfTheAttemptBefore() throws IOException {
        Attempts.end(attempts.started("echo once"), FIRST);
        LocalProcesses processes = attempts.runner("echo again");
        processes.start(Attempts.order(SECOND));

        Attempts.end(processes, SECOND);

        assertThat(attempts.workspace().log(JOB)).hasContent("once\nagain");
    }

    @Test
    void runsTheTrainerInASessionOfItsOwnThatAnotherServerCanSee() throws IOException {
        LocalProcesses processes = attempts.started("exec sleep 60");
        Await.until("the trainer", () -> Attempts.look(processes, FIRST) instanceof Sighting.Running);

        LocalProcesses another = attempts.runner("true");

        assertThat(Attempts.look(another, FIRST)).isEqualTo(Attempts.look(processes, FIRST));
        long pid = ((Sighting.Running) Attempts.look(another, FIRST)).pid();
        ProcessStat trainer = new ProcessTable().stat(pid).orElseThrow();
        ProcessStat self =
                new ProcessTable().stat(ProcessHandle.current().pid()).orElseThrow();
        assertThat(trainer.session()).isEqualTo(trainer.group()).isNotEqualTo(self.session());
    }

    @Test
    void handsTheTrainerAnEnvironmentOfItsOwn() throws IOException {
        LocalProcesses processes = attempts.open(
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

        processes.start(Attempts.order(FIRST));
        Attempts.end(processes, FIRST);

        assertThat(attempts.log().lines())
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
        LocalProcesses nowhere = attempts.open(TrainerCommand.parse("no-such-trainer {config}"), Map.of(), Set.of());
        LocalProcesses missing = attempts.open(TrainerCommand.parse("./missing.sh"), Map.of(), Set.of());

        assertThat(nowhere.start(Attempts.order(FIRST)))
                .isInstanceOfSatisfying(
                        StartResult.Impossible.class,
                        impossible ->
                                assertThat(impossible.reason()).contains("no program 'no-such-trainer' on the PATH"));
        assertThat(missing.start(Attempts.order(FIRST)))
                .isInstanceOfSatisfying(
                        StartResult.Impossible.class,
                        impossible -> assertThat(impossible.reason()).contains(attempts.directory() + "/./missing.sh"));
    }

    @Test
    void asksAgainLaterWhenTheFilesOfAnAttemptCannotBeWritten() throws IOException {
        Files.createDirectories(attempts.workspace().attempts());
        Files.writeString(attempts.workspace().attempts(JOB), "a file where a directory should be");
        LocalProcesses processes = attempts.runner("true");

        assertThat(processes.start(Attempts.order(FIRST))).isInstanceOf(StartResult.FailedForNow.class);
        assertThat(Attempts.look(processes, FIRST)).isInstanceOf(Sighting.Unknown.class);
        assertThat(processes.revoke(FIRST)).isFalse();

        Files.delete(attempts.workspace().attempts(JOB));
    }
}
