package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import dev.headway.jobs.run.StartResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every way in which an attempt may end, stepped by hand. */
class AttemptEndTest extends SteppedEngine {
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
}
