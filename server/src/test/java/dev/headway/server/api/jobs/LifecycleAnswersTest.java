package dev.headway.server.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.Outcome;
import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobState;
import dev.headway.server.http.Response;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LifecycleAnswersTest {
    @ParameterizedTest
    @CsvSource({
        "QUEUED, queued, Job removed from queue and cancelled",
        "STARTING, pending, Job cancelled (was pending)",
        "RUNNING, running, Job cancelled (was running)",
        "PAUSING, running, Job cancelled (was running)",
        "PAUSED, paused, Job cancelled (was paused)",
    })
    void saysWhatACancelledJobWas(JobState before, String status, String message) {
        Outcome done = new Outcome.Done(before, Jobs.in(JobState.CANCELLED), 0);

        assertThat(text(LifecycleAnswers.cancelled("J", done)))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"J\",\"previous_status\":\"" + status
                        + "\",\"message\":\"" + message + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, completed, Job already finished with status: completed",
        "FAILED, failed, Job already finished with status: failed",
        "CANCELLED, cancelled, Job already finished with status: cancelled",
        "CANCELLING, running, Cannot cancel job with status: running",
    })
    void saysWhyAJobCannotBeCancelled(JobState state, String status, String message) {
        assertThat(text(LifecycleAnswers.cancelled("J", new Outcome.NotAllowed(Jobs.in(state)))))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"J\",\"previous_status\":\"" + status
                        + "\",\"message\":\"" + message + "\"}");
    }

    @Test
    void saysWhenAJobWasPaused() {
        Job paused = Jobs.builder()
                .storedState(JobState.PAUSED)
                .pausedAt(Jobs.SUBMITTED)
                .build();

        assertThat(text(LifecycleAnswers.paused("J", new Outcome.Done(JobState.RUNNING, paused, 0))))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"J\",\"previous_status\":\"running\","
                        + "\"paused_at\":\"2026-11-23T10:05:59.846726\",\"message\":\"Job paused (was running)\"}");
    }

    @Test
    void doesNotCallAJobPausedThatFinishedMeanwhile() {
        Outcome done = new Outcome.Done(JobState.RUNNING, Jobs.in(JobState.COMPLETED), 0);

        assertThat(text(LifecycleAnswers.paused("J", done)))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"J\",\"previous_status\":\"running\","
                        + "\"message\":\"Job already finished with status: completed\"}");
    }

    @ParameterizedTest
    @CsvSource({"QUEUED, queued", "PAUSED, paused", "COMPLETED, completed", "FAILED, failed", "CANCELLED, cancelled"})
    void saysWhyAJobCannotBePaused(JobState state, String status) {
        assertThat(text(LifecycleAnswers.paused("J", new Outcome.NotAllowed(Jobs.in(state)))))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"J\",\"previous_status\":\"" + status
                        + "\",\"message\":\"Can only pause running or pending jobs (current status: " + status
                        + ")\"}");
    }

    @Test
    void saysThatAJobThatStillRunsIsBeingCancelled() {
        assertThat(text(LifecycleAnswers.paused("J", new Outcome.NotAllowed(Jobs.in(JobState.CANCELLING)))))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"J\",\"previous_status\":\"running\",\"message\":"
                        + "\"Can only pause running or pending jobs (current status: running, being cancelled)\"}");
    }

    @Test
    void saysFromWhereAJobIsResumedAndWhereItStands() {
        Job queued = Jobs.builder().resumeFrom("/logs/job_J/checkpoint-10").build();

        assertThat(text(LifecycleAnswers.resumed("J", new Outcome.Done(JobState.PAUSED, queued, 1), Optional.empty())))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"J\",\"previous_status\":\"paused\","
                        + "\"checkpoint_path\":\"/logs/job_J/checkpoint-10\",\"queue_position\":1,"
                        + "\"message\":\"Job resumed from checkpoint and queued at position 1\"}");
    }

    @ParameterizedTest
    @EnumSource(value = JobState.class, names = "PAUSED", mode = EnumSource.Mode.EXCLUDE)
    void saysThatOnlyPausedJobsCanBeResumed(JobState state) {
        assertThat(text(LifecycleAnswers.resumed("J", new Outcome.NotAllowed(Jobs.in(state)), Optional.empty())))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"J\",\"previous_status\":\"" + state.wireName()
                        + "\",\"message\":\"Can only resume paused jobs (current status: " + state.wireName() + ")\"}");
    }

    @Test
    void saysWhatIsMissingToResume() {
        Job paused = Jobs.in(JobState.PAUSED);

        assertThat(text(LifecycleAnswers.resumed("J", new Outcome.NoOutputDirectory(paused), Optional.empty())))
                .isEqualTo(refused("Output directory not found - no checkpoints available"));
        assertThat(text(LifecycleAnswers.resumed("J", new Outcome.NoCheckpoint(paused), Optional.empty())))
                .isEqualTo(refused("No checkpoints found - cannot resume"));
        assertThat(text(LifecycleAnswers.resumed("J", new Outcome.NoCheckpoint(paused), Optional.of("checkpoint-7"))))
                .isEqualTo(refused("Checkpoint not found: checkpoint-7 - cannot resume"));
    }

    @Test
    void saysWhereAForceStartedJobStands() {
        Outcome done = new Outcome.Done(JobState.FAILED, Jobs.in(JobState.QUEUED), 2);

        assertThat(text(LifecycleAnswers.forceStarted("J", done)))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"J\",\"previous_status\":\"failed\","
                        + "\"new_status\":\"queued\",\"queue_position\":2,"
                        + "\"message\":\"Job queued successfully (position 2)\"}");
    }

    @Test
    void letsAJobBeThatIsStartingAlready() {
        Outcome done = new Outcome.Done(JobState.STARTING, Jobs.in(JobState.STARTING), 0);

        assertThat(text(LifecycleAnswers.forceStarted("J", done)))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"J\",\"previous_status\":\"pending\","
                        + "\"new_status\":\"pending\",\"queue_position\":0,\"message\":\"Job is already starting\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, running, Cannot force-start running jobs. Use /pause or /resume for running jobs.",
        "PAUSED, paused, Cannot force-start paused jobs. Use /pause or /resume for running jobs.",
        "COMPLETED, completed, Cannot force-start completed jobs. Use /pause or /resume for running jobs.",
    })
    void saysWhyAJobCannotBeForceStarted(JobState state, String status, String message) {
        assertThat(text(LifecycleAnswers.forceStarted("J", new Outcome.NotAllowed(Jobs.in(state)))))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"J\",\"current_status\":\"" + status
                        + "\",\"message\":\"" + message
                        + "\",\"allowed_statuses\":[\"pending\",\"queued\",\"failed\",\"cancelled\"]}");
    }

    @Test
    void saysInTheWordsOfEachRouteThatThereIsNoSuchJob() {
        Outcome nobody = new Outcome.NoSuchJob();

        assertThat(text(LifecycleAnswers.cancelled("J", nobody)))
                .isEqualTo(refused("Job not found in memory or database"));
        assertThat(text(LifecycleAnswers.paused("J", nobody))).isEqualTo(refused("Job not found"));
        assertThat(text(LifecycleAnswers.resumed("J", nobody, Optional.empty())))
                .isEqualTo(refused("Job not found"));
        assertThat(text(LifecycleAnswers.forceStarted("J", nobody)))
                .isEqualTo(refused("Job not found").replace("400 ", "404 "));
    }

    private static String refused(String message) {
        return "400 {\"success\":false,\"job_id\":\"J\",\"message\":\"" + message + "\"}";
    }

    private static String text(Response response) {
        return response.status() + " " + response.body().text();
    }
}
