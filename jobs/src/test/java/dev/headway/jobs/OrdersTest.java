package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What users may do to a job in each state, stepped by hand. */
class OrdersTest extends SteppedEngine {
    private static final JobId A = new JobId("a");

    @Test
    void knowsNothingOfJobsThatWereNeverSubmitted() {
        assertThat(cancel()).isCompletedWithValue(new Outcome.NoSuchJob());
        assertThat(pause()).isCompletedWithValue(new Outcome.NoSuchJob());
        assertThat(fixture.engine.resume(A, Optional.empty())).isEqualTo(new Outcome.NoSuchJob());
        assertThat(fixture.engine.forceStart(A)).isEqualTo(new Outcome.NoSuchJob());
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

    private CompletableFuture<Outcome> cancel() {
        return fixture.engine.cancel(A).toCompletableFuture();
    }

    private CompletableFuture<Outcome> pause() {
        return fixture.engine.pause(A).toCompletableFuture();
    }
}
