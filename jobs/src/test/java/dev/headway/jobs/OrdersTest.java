package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import dev.headway.jobs.workspace.PathRefused;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users may do to a job in each state, stepped by hand. */
class OrdersTest {
    private static final JobId A = new JobId("a");

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
    void knowsNothingOfJobsThatWereNeverSubmitted() {
        assertThat(cancel()).isCompletedWithValue(new Outcome.NoSuchJob());
        assertThat(pause()).isCompletedWithValue(new Outcome.NoSuchJob());
        assertThat(fixture.engine.resume(A, Optional.empty())).isEqualTo(new Outcome.NoSuchJob());
        assertThat(fixture.engine.forceStart(A)).isEqualTo(new Outcome.NoSuchJob());
    }

    @Test
    void cancelsAQueuedJobAtOnce() {
        fixture.submit("a");

        CompletableFuture<Outcome> outcome = cancel();

        assertDone(outcome, JobState.QUEUED, JobState.CANCELLED);
        fixture.engine.step();
        assertThat(fixture.processes.deeds()).isEmpty();
    }

    @Test
    void writesTheOrderToCancelDownBeforeItTouchesAProcess() {
        fixture.running("a");

        CompletableFuture<Outcome> outcome = cancel();

        assertThat(fixture.state("a")).isEqualTo(JobState.CANCELLING);
        assertThat(fixture.processes.deeds()).isEmpty();
        assertThat(outcome).isNotDone();
        fixture.engine.step();
        assertThat(fixture.processes.deeds()).containsExactly("stop hw-a-1");
    }

    @Test
    void answersACancelWhenTheProcessHasEndedWhateverItsCode() {
        fixture.running("a");
        CompletableFuture<Outcome> outcome = cancel();

        fixture.see("a", 1, new Sighting.Ended(0));

        assertDone(outcome, JobState.RUNNING, JobState.CANCELLED);
        assertThat(fixture.job("a").errorMessage()).contains("Cancelled by user");
    }

    @Test
    void asksOnceAndKillsAfterTheGrace() {
        fixture.running("a");
        assertThat(cancel()).isNotDone();
        fixture.engine.step();
        fixture.engine.step();
        fixture.clock.advance(Patience.DEFAULT.cancel().minusMillis(1));
        fixture.engine.step();
        assertThat(fixture.processes.deeds()).containsExactly("stop hw-a-1");

        fixture.clock.advance(Patience.DEFAULT.cancel());
        fixture.engine.step();

        assertThat(fixture.processes.deeds()).containsExactly("kill hw-a-1");
    }

    @Test
    void asksAgainAfterARestartAndKeepsTheDeadline() {
        fixture.running("a");
        assertThat(cancel()).isNotDone();
        fixture.engine.step();
        fixture.processes.deeds();

        fixture.restart();
        fixture.engine.step();
        assertThat(fixture.processes.deeds()).containsExactly("stop hw-a-1");
        fixture.clock.advance(Patience.DEFAULT.cancel());
        fixture.engine.step();

        assertThat(fixture.processes.deeds()).containsExactly("kill hw-a-1");
        fixture.see("a", 1, new Sighting.Ended(137));
        assertThat(fixture.state("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void asksTheTrainerWhenItBeginsAlthoughItWasOrderedNotTo() {
        fixture.submit("a");
        fixture.engine.step();
        assertThat(cancel()).isNotDone();
        fixture.engine.step();

        fixture.see("a", 1, new Sighting.Running(1));

        assertThat(fixture.processes.deeds()).containsExactly("start hw-a-1", "stop hw-a-1", "stop hw-a-1");
    }

    @Test
    void cancelsAnAttemptThatNeverRan() {
        fixture.submit("a");
        fixture.processes.loseOrders();
        fixture.engine.step();
        CompletableFuture<Outcome> outcome = cancel();

        fixture.engine.step();

        assertDone(outcome, JobState.STARTING, JobState.CANCELLED);
    }

    @Test
    void answersEverybodyWhoCancels() {
        fixture.running("a");
        CompletableFuture<Outcome> first = cancel();
        CompletableFuture<Outcome> second = cancel();

        fixture.see("a", 1, new Sighting.Lost());

        assertDone(first, JobState.RUNNING, JobState.CANCELLED);
        assertDone(second, JobState.CANCELLING, JobState.CANCELLED);
    }

    @Test
    void pausesAndResumesFromTheLastCheckpoint() {
        fixture.running("a");
        fixture.submit("b");
        CompletableFuture<Outcome> paused = pause();
        fixture.makeCheckpoint("a", "checkpoint-20");
        fixture.makeCheckpoint("a", "checkpoint-100");
        fixture.see("a", 1, new Sighting.Ended(143));
        assertDone(paused, JobState.RUNNING, JobState.PAUSED);
        assertThat(fixture.job("a").pausedAt()).contains(ManualClock.NOON);

        Outcome resumed = fixture.engine.resume(A, Optional.empty());

        assertThat(resumed).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.previousState()).isEqualTo(JobState.PAUSED);
            assertThat(done.position()).isEqualTo(1);
            assertThat(done.job().pausedAt()).isEmpty();
            assertThat(done.job().resumeFrom())
                    .hasValueSatisfying(path -> assertThat(path).endsWith("/checkpoint-100"));
        });
        assertThat(fixture.engine.resume(A, Optional.empty())).isInstanceOf(Outcome.NotAllowed.class);
    }

    @Test
    void resumesFromTheCheckpointThatIsAskedFor() {
        pausedWithCheckpoints("checkpoint-1", "checkpoint-2");

        Outcome resumed = fixture.engine.resume(A, Optional.of("checkpoint-1"));

        assertThat(resumed)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.job().resumeFrom())
                                .hasValueSatisfying(path -> assertThat(path).endsWith("/checkpoint-1")));
    }

    @Test
    void resumesFromNothingThatIsNotThere() {
        pausedWithCheckpoints("checkpoint-1");

        assertThat(fixture.engine.resume(A, Optional.of("checkpoint-9"))).isInstanceOf(Outcome.NoCheckpoint.class);
        assertThatThrownBy(() -> fixture.engine.resume(A, Optional.of("../job_b/checkpoint-1")))
                .isInstanceOf(PathRefused.class);
        assertThat(fixture.state("a")).isEqualTo(JobState.PAUSED);
    }

    @Test
    void doesNotResumeWithoutAnyCheckpoint() {
        fixture.running("a");
        assertThat(pause()).isNotDone();
        fixture.see("a", 1, new Sighting.Ended(143));

        assertThat(fixture.engine.resume(A, Optional.empty())).isInstanceOf(Outcome.NoOutputDirectory.class);
        EngineFixture.write(fixture.engine.workspace().output(A).resolve("notes.txt"), "nothing");
        assertThat(fixture.engine.resume(A, Optional.empty())).isInstanceOf(Outcome.NoCheckpoint.class);
    }

    @Test
    void completesAJobThatHadFinishedWhenItWasPaused() {
        fixture.running("a");
        CompletableFuture<Outcome> outcome = pause();
        fixture.writeProgress("a", "{\"status\":\"completed\"}");

        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(fixture.state("a")).isEqualTo(JobState.COMPLETED);
        assertThat(outcome.join()).isInstanceOf(Outcome.NotAllowed.class);
    }

    @Test
    void pausesWhateverTheCodeWhenItHadNotFinished() {
        fixture.running("a");
        assertThat(pause()).isNotDone();
        fixture.writeProgress("a", "{\"status\":\"running\"}");

        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(fixture.state("a")).isEqualTo(JobState.PAUSED);
    }

    @Test
    void letsACancelOvertakeAPause() {
        fixture.running("a");
        CompletableFuture<Outcome> paused = pause();
        CompletableFuture<Outcome> cancelled = cancel();

        fixture.see("a", 1, new Sighting.Ended(143));

        assertDone(cancelled, JobState.PAUSING, JobState.CANCELLED);
        assertThat(paused.join()).isInstanceOf(Outcome.NotAllowed.class);
    }

    @Test
    void cancelsAPausedJob() {
        pausedWithCheckpoints("checkpoint-1");

        assertDone(cancel(), JobState.PAUSED, JobState.CANCELLED);
    }

    @Test
    void refusesToPauseWhatDoesNotRun() {
        fixture.submit("a");

        assertThat(pause().join())
                .isInstanceOfSatisfying(
                        Outcome.NotAllowed.class,
                        refused -> assertThat(refused.job().state()).isEqualTo(JobState.QUEUED));
    }

    @Test
    void refusesEverythingToAJobThatHasCompleted() {
        fixture.running("a");
        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(cancel().join()).isInstanceOf(Outcome.NotAllowed.class);
        assertThat(pause().join()).isInstanceOf(Outcome.NotAllowed.class);
        assertThat(fixture.engine.resume(A, Optional.empty())).isInstanceOf(Outcome.NotAllowed.class);
        assertThat(fixture.engine.forceStart(A)).isInstanceOf(Outcome.NotAllowed.class);
        assertThat(fixture.state("a")).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void forcesAQueuedJobToTheHead() {
        fixture.running("runs");
        fixture.submit("b");
        fixture.submit("a");

        Outcome outcome = fixture.engine.forceStart(A);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.position()).isEqualTo(1));
        assertThat(fixture.engine.queue().queued())
                .extracting(job -> job.id().text())
                .containsExactly("a", "b");
        fixture.see("runs", 1, new Sighting.Ended(0));
        assertThat(fixture.processes.deeds()).containsExactly("start hw-a-1");
    }

    @Test
    void startsAFailedJobOver() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"current_step\":4,\"metrics_history\":[{\"step\":4}]}");
        fixture.see("a", 1, new Sighting.Ended(1));

        Outcome outcome = fixture.engine.forceStart(A);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.previousState()).isEqualTo(JobState.FAILED);
            assertThat(done.job().state()).isEqualTo(JobState.QUEUED);
            assertThat(done.job().errorMessage()).isEmpty();
            assertThat(done.job().completedAt()).isEmpty();
        });
        assertThat(fixture.engine.metrics(A)).isEmpty();
        fixture.engine.step();
        assertThat(fixture.processes.deeds()).containsExactly("start hw-a-2");
    }

    @Test
    void sendsThoseAwayWhoWaitWhenTheEngineCloses() {
        fixture.running("a");
        CompletableFuture<Outcome> outcome = cancel();

        fixture.restart();

        assertThat(outcome).isCompletedExceptionally();
        assertThat(fixture.state("a")).isEqualTo(JobState.CANCELLING);
    }

    @Test
    void reportsWhatAFreshLookFinds() {
        fixture.submit("a");
        fixture.engine.step();
        fixture.processes.show("hw-a-1", new Sighting.Running(1));

        assertThat(fixture.engine.reconnect()).isEqualTo(new ReconnectReport(1, 1, 0, 1, 1));
        assertThat(fixture.engine.reconnect()).isEqualTo(new ReconnectReport(1, 1, 1, 1, 0));
    }

    private void pausedWithCheckpoints(String... names) {
        fixture.running("a");
        assertThat(pause()).isNotDone();
        for (String name : names) {
            fixture.makeCheckpoint("a", name);
        }
        fixture.see("a", 1, new Sighting.Ended(143));
    }

    private CompletableFuture<Outcome> cancel() {
        return fixture.engine.cancel(A).toCompletableFuture();
    }

    private CompletableFuture<Outcome> pause() {
        return fixture.engine.pause(A).toCompletableFuture();
    }

    private static void assertDone(CompletableFuture<Outcome> outcome, JobState before, JobState after) {
        assertThat(outcome).isCompleted();
        assertThat(outcome.join()).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.previousState()).isEqualTo(before);
            assertThat(done.job().state()).isEqualTo(after);
        });
    }
}
