package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import dev.headway.jobs.run.StartResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every window in which a server may die, and every way in which an attempt may end, stepped by hand. */
class EngineWindowsTest {
    @TempDir
    Path directory;

    private EngineFixture fixture;

    @BeforeEach
    void open() {
        fixture = new EngineFixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

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
    void failsWithTheExitCode() {
        fixture.running("a");

        fixture.see("a", 1, new Sighting.Ended(7));

        assertThat(fixture.state("a")).isEqualTo(JobState.FAILED);
        assertThat(fixture.job("a").errorMessage()).contains("Training process exited with code 7");
        assertThat(fixture.job("a").completedAt()).contains(ManualClock.NOON);
    }

    @Test
    void completesAJobThatWasNeverSeenRunning() {
        fixture.submit("a");
        fixture.engine.step();

        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(fixture.state("a")).isEqualTo(JobState.COMPLETED);
        assertThat(fixture.job("a").progress().number("progress_percent")).hasValue(100);
    }

    @Test
    void saysThatTheLossWasNotFinite() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"current_step\":3,\"train_loss\":NaN}");

        fixture.see("a", 1, new Sighting.Ended(1));

        assertThat(fixture.job("a").errorMessage())
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("Training process exited with code 1")
                        .contains("not finite"));
    }

    @Test
    void handsOnTheReasonThatTheTrainerGave() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"current_step\":3,\"error_message\":\"there is no data\"}");

        fixture.see("a", 1, new Sighting.Ended(1));

        assertThat(fixture.job("a").errorMessage()).contains("Training process exited with code 1: there is no data");
    }

    @Test
    void queuesALostAttemptAgainFromItsLastCheckpoint() {
        fixture.running("a");
        fixture.submit("waiting");
        fixture.makeCheckpoint("a", "checkpoint-10");
        fixture.makeCheckpoint("a", "checkpoint-9");

        fixture.see("a", 1, new Sighting.Lost());

        Job job = fixture.job("a");
        assertThat(job.state()).isEqualTo(JobState.STARTING);
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.restarts()).isEqualTo(1);
        assertThat(job.resumeFrom()).hasValueSatisfying(path -> assertThat(path).endsWith("job_a/checkpoint-10"));
        assertThat(fixture.engine.workspace().config(job.id()))
                .content()
                .contains("\"resume_from_checkpoint\": \"" + job.resumeFrom().orElseThrow() + "\"");
    }

    @Test
    void failsAJobThatIsLostOnceTooOften() {
        fixture.running("a");
        fixture.see("a", 1, new Sighting.Lost());
        fixture.see("a", 2, new Sighting.Running(4712));

        fixture.see("a", 2, new Sighting.Lost());

        assertThat(fixture.state("a")).isEqualTo(JobState.FAILED);
        assertThat(fixture.job("a").errorMessage())
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("restarted 1 times already")
                        .contains("TRAINING_MAX_RESTARTS"));
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
    void triesAgainWhenAStartFailsAndGivesUpInTheEnd() {
        fixture.submit("a");
        fixture.processes.answerStarts(new StartResult.FailedForNow("no memory"));

        fixture.engine.step();
        assertThat(fixture.state("a")).isEqualTo(JobState.QUEUED);
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.engine.step();
        assertThat(fixture.state("a")).isEqualTo(JobState.QUEUED);
        fixture.engine.step();
        assertThat(fixture.job("a").attempt()).as("waits before it tries again").isEqualTo(2);
        fixture.clock.advance(Duration.ofSeconds(2));
        fixture.engine.step();

        assertThat(fixture.state("a")).isEqualTo(JobState.FAILED);
        assertThat(fixture.job("a").errorMessage()).contains("Failed to start training: no memory");
    }

    @Test
    void failsAtOnceWhenTheTrainerDoesNotExist() {
        fixture.submit("a");
        fixture.processes.answerStarts(new StartResult.Impossible("there is no program /x"));

        fixture.engine.step();

        assertThat(fixture.job("a").errorMessage()).contains("Failed to start training: there is no program /x");
        assertThat(fixture.state("a")).isEqualTo(JobState.FAILED);
    }

    @Test
    void neverGivesUpOverAReasonThatWillPass() {
        fixture.submit("a");
        for (int attempt = 1; attempt <= 10; attempt++) {
            fixture.engine.step();
            fixture.see("a", attempt, new Sighting.NeverRan("the disk is full", true));
            assertThat(fixture.state("a")).isEqualTo(JobState.QUEUED);
            fixture.clock.advance(Duration.ofSeconds(5));
        }

        fixture.engine.step();

        assertThat(fixture.state("a")).isEqualTo(JobState.STARTING);
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
    void stopsATrainerThatMakesNoProgress() {
        fixture.running("a");
        fixture.clock.advance(Duration.ofMinutes(59));
        fixture.writeProgress("a", "{\"current_step\":1}");
        fixture.engine.step();
        fixture.clock.advance(Duration.ofMinutes(59));
        fixture.engine.step();
        assertThat(fixture.processes.deeds()).isEmpty();

        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.engine.step();
        fixture.engine.step();
        fixture.clock.advance(Patience.DEFAULT.cancel());
        fixture.engine.step();

        assertThat(fixture.processes.deeds()).containsExactly("stop hw-a-1", "kill hw-a-1");
        fixture.see("a", 1, new Sighting.Ended(137));
        assertThat(fixture.state("a")).isEqualTo(JobState.FAILED);
        assertThat(fixture.job("a").errorMessage()).contains("Training timed out: no progress for 60 minutes");
    }

    @Test
    void keepsTheLastGoodProgressWhenTheFileIsBroken() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"current_step\":5,\"metrics_history\":[{\"step\":5,\"train_loss\":1}]}");
        fixture.engine.step();
        for (String broken : new String[] {"", "{\"current_step\":", "[1,2]", "garbage", "{} {}"}) {
            fixture.writeProgress("a", broken);
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.engine.step();
        }

        assertThat(fixture.state("a")).isEqualTo(JobState.RUNNING);
        assertThat(fixture.job("a").progress().whole("current_step")).hasValue(5);
        assertThat(fixture.engine.metrics(new JobId("a"))).hasSize(1);
    }

    @Test
    void takesTheLastMetricsTogetherWithTheEnd() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"current_step\":9,\"metrics_history\":[{\"step\":9,\"train_loss\":0.25}]}");

        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(fixture.state("a")).isEqualTo(JobState.COMPLETED);
        assertThat(fixture.job("a").progress().whole("current_step")).hasValue(9);
        assertThat(fixture.engine.metrics(new JobId("a")))
                .singleElement()
                .satisfies(point -> assertThat(point.values().text()).isEqualTo("{\"step\":9,\"train_loss\":0.25}"));
    }

    @Test
    void doesNotTakeTheProgressOfAnEarlierRunForThatOfANewOne() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"status\":\"completed\",\"current_step\":9}");
        fixture.see("a", 1, new Sighting.Ended(1));

        fixture.engine.forceStart(new JobId("a"));
        fixture.engine.step();

        assertThat(fixture.state("a")).isEqualTo(JobState.STARTING);
        assertThat(Files.exists(fixture.engine.workspace().progress(new JobId("a"))))
                .isFalse();
        assertThat(fixture.job("a").progress().whole("current_step")).isEmpty();
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
