package dev.headway.jobs.run;

import static dev.headway.jobs.run.Attempts.FIRST;
import static dev.headway.jobs.run.Attempts.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.Await;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real trainers that are asked to stop, and that do it or do not. */
class StoppingTest {
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
    void stopsATrainerThatHonoursTheRequestAndKeepsItsCode() throws IOException {
        LocalProcesses processes =
                attempts.started("trap 'echo saved; exit 5' TERM; echo ready; while :; do sleep 0.01; done");
        attempts.awaitLog("ready");

        processes.askToStop(FIRST);

        assertThat(Attempts.end(processes, FIRST)).isEqualTo(new Sighting.Ended(5));
        assertThat(attempts.workspace().log(JOB)).hasContent("ready\nsaved");
    }

    @Test
    void killsATrainerThatIgnoresTheRequest() throws IOException {
        LocalProcesses processes = attempts.started("trap '' TERM; echo ready; while :; do sleep 0.01; done");
        attempts.awaitLog("ready");
        processes.askToStop(FIRST);
        assertThat(Attempts.look(processes, FIRST)).isInstanceOf(Sighting.Running.class);

        processes.kill(FIRST);
        Await.until("the trainer's death", () -> !(Attempts.look(processes, FIRST) instanceof Sighting.Running));
        processes.kill(FIRST);

        assertThat(Attempts.end(processes, FIRST)).isEqualTo(new Sighting.Ended(137));
    }

    @Test
    void stopsATrainerThatWasFrozen() throws Exception {
        LocalProcesses processes = attempts.started("exec sleep 60");
        long pid = Attempts.awaitPid(processes);
        Attempts.signal("STOP", pid);
        Await.until("the trainer to freeze", () -> Attempts.state(pid) == 'T');

        processes.askToStop(FIRST);

        assertThat(Attempts.end(processes, FIRST)).isEqualTo(new Sighting.Ended(143));
    }

    @Test
    void doesNotBeginWhatWasStoppedBefore() throws IOException {
        LocalProcesses processes = attempts.runner("echo never");
        processes.askToStop(FIRST);

        processes.start(Attempts.order(FIRST));

        assertThat(Attempts.end(processes, FIRST)).isEqualTo(new Sighting.Ended(143));
        assertThat(attempts.workspace().log(JOB)).isEmptyFile();
    }

    @Test
    void stopsASupervisorThatHangsTogetherWithItsTrainer() throws Exception {
        LocalProcesses processes = attempts.started("exec sleep 60");
        Attempts.awaitPid(processes);
        long supervisor = attempts.supervisorPid();
        Attempts.signal("STOP", supervisor);
        Await.until("the supervisor to freeze", () -> Attempts.state(supervisor) == 'T');

        Await.until("the end", () -> {
            processes.kill(FIRST);
            return Attempts.isEnd(Attempts.look(processes, FIRST));
        });

        assertThat(Attempts.look(processes, FIRST)).isInstanceOf(Sighting.Lost.class);
    }
}
