package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of jobs that are cancelled, wherever they stand. */
class CancelTest extends SteppedEngine {
    private static final JobId A = new JobId("a");

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
