package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.run.TrainerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer of one's own in ten lines of shell, run by the real engine through TRAINER_COMMAND. */
class ShellTrainerTest {
    /** Trains for some steps, writes progress and checkpoints, and honours SIGTERM and resume_from_checkpoint. */
    private static final String TRAINER = """
            out=$(sed -n 's/.*"output_dir": "\\(.*\\)".*/\\1/p' "$1")
            steps=$(sed -n 's/.*"num_epochs": \\([0-9]*\\).*/\\1/p' "$1")
            step=$(sed -n 's/.*"resume_from_checkpoint": ".*checkpoint-\\([0-9]*\\)".*/\\1/p' "$1"); step=${step:-0}
            trap 'mkdir -p "$out/checkpoint-$step"; echo "stopped at $step"; exit 143' TERM
            while [ "$step" -lt "$steps" ]; do
                step=$((step + 1)); sleep 0.02
                echo "{\\"status\\":\\"running\\",\\"current_step\\":$step,\\"metrics_history\\":[{\\"step\\":$step,\\"train_loss\\":0.5}]}" >"$out/progress.tmp"
                mv "$out/progress.tmp" "$out/progress.json"
                echo "step $step of $JOB_ID"
            done
            """;

    @TempDir
    Path directory;

    private JobEngine engine;

    @BeforeEach
    void open() throws IOException {
        Path script = directory.resolve("my trainer.sh");
        Files.writeString(script, TRAINER);
        TrainerSettings trainer = new TrainerSettings(
                TrainerCommand.parse("sh '" + script + "' {config}"), directory, Map.of(), Set.of(), Map.of());
        engine = JobEngine.open(EngineSettings.of(directory.resolve("data"), trainer), Clock.systemUTC());
        engine.start();
    }

    @AfterEach
    void close() {
        engine.recent(100).stream()
                .filter(job -> !job.state().isFinished())
                .forEach(job -> engine.cancel(job.id()).toCompletableFuture().join());
        engine.close();
    }

    @Test
    void trainsToTheEnd() {
        JobId id = submit(5);

        awaitState(id, JobState.COMPLETED);

        assertThat(engine.metrics(id))
                .last()
                .satisfies(point -> assertThat(point.step()).isEqualTo(5));
        assertThat(engine.find(id)).hasValueSatisfying(job -> {
            assertThat(job.progress().whole("current_step")).hasValue(5);
            assertThat(job.progress().number("progress_percent")).hasValue(100);
            assertThat(job.pid()).isPresent();
        });
        assertThat(engine.log(id, 0, 100)).hasValueSatisfying(page -> {
            assertThat(page.lines()).hasSize(5).last().isEqualTo("step 5 of " + id);
            assertThat(page.totalLines()).isEqualTo(5);
        });
    }

    @Test
    void pausesWithACheckpointAndGoesOnFromIt() throws Exception {
        JobId id = submit(40);
        Await.until("some steps", () -> step(id) >= 3);

        Outcome paused = engine.pause(id).toCompletableFuture().get(30, TimeUnit.SECONDS);
        long pausedAt = engine.checkpoints(id).orElseThrow().get(0).step();
        Outcome resumed = engine.resume(id, Optional.empty());

        assertThat(paused).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.previousState()).isEqualTo(JobState.RUNNING);
            assertThat(done.job().state()).isEqualTo(JobState.PAUSED);
            assertThat(done.job().pausedAt()).isPresent();
        });
        assertThat(resumed)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.job().resumeFrom())
                                .hasValueSatisfying(path -> assertThat(path).endsWith("checkpoint-" + pausedAt)));
        awaitState(id, JobState.COMPLETED);
        assertThat(engine.log(id, 0, 1000).orElseThrow().lines())
                .contains("stopped at " + pausedAt)
                .containsOnlyOnce("step " + (pausedAt + 1) + " of " + id)
                .containsOnlyOnce("step 1 of " + id);
    }

    @Test
    void cancelsForGood() throws Exception {
        JobId id = submit(1000);
        Await.until("some steps", () -> step(id) >= 1);

        Outcome outcome = engine.cancel(id).toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.job().state()).isEqualTo(JobState.CANCELLED);
            assertThat(done.job().errorMessage()).contains("Cancelled by user");
        });
    }

    private JobId submit(int steps) {
        JsonText config = new JsonText(
                "{\"model\":{\"name\":\"any\"},\"training\":{\"method\":\"sft\",\"num_epochs\":" + steps + "}}");
        return engine.submit(new JobRequest(Optional.empty(), "ann", Optional.of("shell"), config, new Dataset.None()))
                .job()
                .id();
    }

    private long step(JobId id) {
        return engine.find(id).orElseThrow().progress().whole("current_step").orElse(0);
    }

    private void awaitState(JobId id, JobState state) {
        Await.until(
                state + " of " + id,
                () -> engine.find(id).map(Job::state).filter(state::equals).isPresent());
    }
}
