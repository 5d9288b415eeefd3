package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import dev.headway.jobs.workspace.PathRefused;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of jobs that are paused, and from where they go on. */
class PauseTest extends SteppedEngine {
    private static final JobId A = new JobId("a");

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
    void refusesToPauseWhatDoesNotRun() {
        fixture.submit("a");

        assertThat(pause().join())
                .isInstanceOfSatisfying(
                        Outcome.NotAllowed.class,
                        refused -> assertThat(refused.job().state()).isEqualTo(JobState.QUEUED));
    }

    private void pausedWithCheckpoints(String... names) {
        fixture.running("a");
        assertThat(pause()).isNotDone();
        for (String name : names) {
            fixture.makeCheckpoint("a", name);
        }
        fixture.see("a", 1, new Sighting.Ended(143));
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
