package dev.headway.jobs.run;

import static dev.headway.jobs.run.Attempts.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.Await;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that outlive whoever started them. */
class LeftoversTest {
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
    void findsWhatASupervisorLeavesBehindAndTheCodeIsLost() throws IOException {
        LocalProcesses processes = attempts.started("exec sleep 60");
        Attempts.awaitPid(processes);

        ProcessHandle.of(attempts.supervisorPid()).orElseThrow().destroyForcibly();
        Await.until("the leftover", () -> Attempts.look(processes, FIRST) instanceof Sighting.Leftover);
        assertThat(Attempts.look(attempts.runner("true"), FIRST)).isInstanceOf(Sighting.Leftover.class);
        processes.askToStop(FIRST);

        assertThat(Attempts.end(processes, FIRST)).isInstanceOf(Sighting.Lost.class);
    }

    @Test
    void findsGrandchildrenThatOutliveTheTrainerAndKeepsItsCode() throws IOException {
        LocalProcesses processes = attempts.started("sleep 60 & exit 3");
        Await.until("the leftover", () -> Attempts.look(processes, FIRST) instanceof Sighting.Leftover);

        processes.askToStop(FIRST);

        assertThat(Attempts.end(processes, FIRST)).isEqualTo(new Sighting.Ended(3));
    }

    @Test
    void findsGrandchildrenThatHaveLeftTheSession() throws IOException {
        LocalProcesses processes = attempts.started("setsid sh -c \"trap '' TERM; sleep 60\" & exit 3");
        Await.until("the leftover", () -> Attempts.look(processes, FIRST) instanceof Sighting.Leftover);

        assertThat(Attempts.killed(processes, FIRST)).isEqualTo(new Sighting.Ended(3));
    }

    @Test
    void findsGrandchildrenThatHaveOverwrittenTheirEnvironmentAsLongAsTheyStayInTheGroup() throws IOException {
        LocalProcesses processes = attempts.started("env -i sleep 60 & sleep 0.3; exit 3");
        Await.until("a look at the living", () -> Attempts.look(processes, FIRST) instanceof Sighting.Running);
        Await.until("the leftover", () -> Attempts.look(processes, FIRST) instanceof Sighting.Leftover);

        assertThat(Attempts.killed(processes, FIRST)).isEqualTo(new Sighting.Ended(3));
    }
}
