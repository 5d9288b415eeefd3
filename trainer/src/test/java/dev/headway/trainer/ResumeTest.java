package dev.headway.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on from what an earlier one has left, in this process. */
class ResumeTest {
    @TempDir
    private Path directory = Path.of(".");

    private Job job = new Job(Path.of("."));

    @BeforeEach
    void makeTheJob() throws IOException {
        job = new Job(directory).write();
    }

    @Test
    void goesOnFromACheckpointAsIfItHadNeverStopped() throws IOException {
        Job straight = new Job(directory.resolve("straight")).write();
        straight.training(training -> training.put("save_steps", 3).put("lr_scheduler_type", "cosine"));
        assertThat(straight.train()).as(straight.printed()).isZero();
        Job resumed = new Job(directory.resolve("resumed")).write();
        resumed.training(training -> training.put("lr_scheduler_type", "cosine"));
        resumed.with(config -> config.put(
                "resume_from_checkpoint",
                straight.output().resolve("checkpoint-3").toString()));

        assertThat(resumed.train()).as(resumed.printed()).isZero();

        assertThat(resumed.losses(6)).isEqualTo(straight.losses(6)).hasSize(6);
        assertThat(resumed.weights()).isEqualTo(straight.weights());
        assertThat(resumed.printed()).contains("resumed from").doesNotContain("not as it would have");
    }

    @Test
    void endsWellWhenResumedAtItsLastStep() {
        assertThat(job.train()).as(job.printed()).isZero();
        job.with(config -> config.put("resume_from_checkpoint", "checkpoint-6"));

        assertThat(job.train()).as(job.printed()).isZero();

        assertThat(job.progress().path("status").asString()).isEqualTo("completed");
        assertThat(job.losses(6)).hasSize(6);
    }

    @Test
    void saysWhatDiffersFromTheRunThatWroteTheCheckpoint() {
        assertThat(job.train()).as(job.printed()).isZero();
        job.training(training -> training.put("max_steps", 8))
                .with(config -> config.put("resume_from_checkpoint", true).put("seed", 43));

        assertThat(job.train()).as(job.printed()).isZero();

        assertThat(job.printed())
                .contains("the run goes on, but not as it would have without the pause: seed 42 before, 43 now, total"
                        + " steps 6 before, 8 now");
    }

    @Test
    void trainsAFinishedModelFurther() throws IOException {
        assertThat(job.train()).as(job.printed()).isZero();
        Job further = new Job(directory.resolve("further")).write();
        further.with(config ->
                config.withObjectProperty("model").put("name", job.output().toString()));

        assertThat(further.train()).as(further.printed()).isZero();

        assertThat(firstLoss(further)).isLessThan(firstLoss(job));
    }

    private static double firstLoss(Job job) {
        return job.progress().path("metrics_history").path(0).path("train_loss").asDouble();
    }
}
