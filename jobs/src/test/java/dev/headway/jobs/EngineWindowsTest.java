package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every window in which a server may die, and every way in which an attempt may end, stepped by hand. */
class EngineWindowsTest extends SteppedEngine {
    @Test
    void keepsAQueuedJobThroughARestart() {
        fixture.submit("a");

        fixture.restart();

        assertThat(fixture.state("a")).isEqualTo(JobState.QUEUED);
        fixture.engine.step();
        assertThat(fixture.processes.deeds()).containsExactly("start hw-a-1");
    }

    @Test
    void tellsEveryMoveOnceItIsStored() {
        fixture.running("a");
        fixture.clock.advance(Duration.ofSeconds(5));
        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(fixture.moves)
                .containsExactly(
                        "a QUEUED to STARTING at 2026-11-24T12:00:00Z",
                        "a STARTING to RUNNING at 2026-11-24T12:00:00Z",
                        "a RUNNING to COMPLETED at 2026-11-24T12:00:05Z");
    }

    @Test
    void surveysItsJobs() {
        fixture.running("a");
        fixture.clock.advance(Duration.ofSeconds(5));
        fixture.submit("b");
        fixture.submit("c");

        JobSurvey survey = fixture.engine.survey();

        assertThat(survey.count(JobState.RUNNING)).isEqualTo(1);
        assertThat(survey.count(JobState.QUEUED)).isEqualTo(2);
        assertThat(survey.count(JobState.FAILED)).isZero();
        assertThat(survey.oldestWaiting()).contains(ManualClock.NOON.plusSeconds(5));
    }

    @Test
    void storesTheAttemptBeforeItIsOrdered() {
        fixture.submit("a");
        fixture.processes.loseOrders();

        fixture.engine.step();

        assertThat(fixture.state("a")).isEqualTo(JobState.STARTING);
        assertThat(fixture.job("a").attempt()).isEqualTo(1);
    }

    @Test
    void revokesAnAttemptThatNobodyClaimedAndStartsTheNext() {
        fixture.submit("a");
        fixture.processes.loseOrders();
        fixture.engine.step();

        fixture.restart();
        fixture.engine.step();

        assertThat(fixture.processes.deeds()).containsExactly("revoke hw-a-1");
        assertThat(fixture.job("a").attempt()).isEqualTo(2);
        assertThat(fixture.job("a").restarts()).isZero();
    }

    @Test
    void leavesAnAttemptAloneThatWasClaimedWhileItWasBeingRevoked() {
        fixture.submit("a");
        fixture.engine.step();
        fixture.processes.show("hw-a-1", new Sighting.Beginning());

        fixture.restart();
        fixture.engine.step();

        assertThat(fixture.state("a")).isEqualTo(JobState.STARTING);
        assertThat(fixture.processes.deeds()).containsExactly("start hw-a-1");
    }

    @Test
    void adoptsATrainerThatRunsOn() {
        fixture.running("a");

        fixture.restart();
        fixture.see("a", 1, new Sighting.Running(4711));

        assertThat(fixture.state("a")).isEqualTo(JobState.RUNNING);
        assertThat(fixture.job("a").pid()).hasValue(4711);
        assertThat(fixture.processes.deeds()).isEmpty();
    }

    @Test
    void learnsTheCodeOfATrainerThatEndedWhileNoServerRan() {
        fixture.running("a");

        fixture.restart();
        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(fixture.state("a")).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void clearsAwayWhatASupervisorLeftBehindBeforeItTakesTheEnd() {
        fixture.running("a");

        fixture.see("a", 1, new Sighting.Leftover());
        fixture.engine.step();
        fixture.engine.step();
        fixture.clock.advance(Patience.DEFAULT.remnants());
        fixture.engine.step();

        assertThat(fixture.processes.deeds()).containsExactly("stop hw-a-1", "kill hw-a-1");
        fixture.see("a", 1, new Sighting.Ended(0));
        assertThat(fixture.state("a")).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void waitsWhenItCannotSee() {
        fixture.running("a");
        fixture.clock.advance(Duration.ofDays(1));

        fixture.see("a", 1, new Sighting.Unknown("too many open files"));

        assertThat(fixture.state("a")).isEqualTo(JobState.RUNNING);
        assertThat(fixture.processes.deeds()).isEmpty();
    }

    @Test
    void movesTheOtherJobsWhenOneCannotBeMoved() {
        fixture.close();
        fixture = new EngineFixture(directory.resolve("two"), new QueueRules(2, 10, 1));
        fixture.running("a");
        fixture.running("b");
        fixture.processes.breakOn("hw-a-1");
        assertThat(fixture.engine.cancel(new JobId("a")).toCompletableFuture()).isNotDone();

        assertThatThrownBy(() -> fixture.see("b", 1, new Sighting.Ended(0))).hasMessage("broken on hw-a-1");

        assertThat(fixture.state("b")).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void runsAsManyJobsAtOnceAsAllowed() {
        fixture.close();
        fixture = new EngineFixture(directory.resolve("two"), new QueueRules(2, 10, 1));
        fixture.submit("a");
        fixture.submit("b");
        fixture.submit("c");

        fixture.engine.step();

        assertThat(fixture.processes.deeds()).containsExactly("start hw-a-1", "start hw-b-1");
        assertThat(fixture.engine.counts()).isEqualTo(new JobCounts(2, 1));
        fixture.see("a", 1, new Sighting.Ended(0));
        assertThat(fixture.processes.deeds()).containsExactly("start hw-c-1");
    }
}
