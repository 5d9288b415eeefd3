package dev.headway.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole program on small jobs, in this process. */
class TrainCommandTest {
    @TempDir
    private Path directory = Path.of(".");

    private Job job = new Job(Path.of("."));

    @BeforeEach
    void makeTheJob() throws IOException {
        job = new Job(directory).write();
    }

    @Test
    void trainsUntilTheLossHasFallenAndLeavesAModel() {
        job.training(training -> training.put("max_steps", 40).put("learning_rate", 0.005));

        assertThat(job.train()).as(job.printed()).isZero();

        JsonNode points = job.progress().path("metrics_history");
        assertThat(points.path(39).path("train_loss").asDouble())
                .isLessThan(points.path(0).path("train_loss").asDouble() / 2);
        assertThat(job.output().resolve("model.safetensors")).exists();
        assertThat(job.output().resolve("config.json")).exists();
    }

    @Test
    void tellsEverythingInProgress() {
        job.training(training -> training.put("gradient_accumulation_steps", 2));

        assertThat(job.train()).as(job.printed()).isZero();

        JsonNode progress = job.progress();
        assertThat(progress.propertyNames())
                .containsExactly(
                        "status",
                        "current_epoch",
                        "total_epochs",
                        "current_step",
                        "total_steps",
                        "progress_percent",
                        "train_loss",
                        "eval_loss",
                        "learning_rate",
                        "grad_norm",
                        "gpu_memory_allocated_gb",
                        "gpu_memory_reserved_gb",
                        "gpu_utilization_percent",
                        "elapsed_seconds",
                        "remaining_seconds",
                        "samples_per_second",
                        "tokens_per_second",
                        "updated_at",
                        "perplexity",
                        "train_perplexity",
                        "best_eval_loss",
                        "best_epoch",
                        "best_step",
                        "epochs_without_improvement",
                        "loss_trend",
                        "total_samples",
                        "train_samples",
                        "val_samples",
                        "total_tokens_processed",
                        "batch_size",
                        "gradient_accumulation_steps",
                        "metrics_history");
        assertThat(progress.path("status").asString()).isEqualTo("completed");
        assertThat(progress.path("current_step").asLong()).isEqualTo(6);
        assertThat(progress.path("progress_percent").asDouble()).isEqualTo(100);
        assertThat(progress.path("total_samples").asLong()).isEqualTo(64);
        assertThat(progress.path("val_samples").asLong()).isEqualTo(6);
        assertThat(progress.path("metrics_history").size()).isEqualTo(6);
        assertThat(progress.path("total_tokens_processed").asLong()).isBetween(6 * 8 * 7L, 6 * 8 * 8L);
        assertThat(progress.path("gpu_memory_allocated_gb").isNull()).isTrue();
    }

    @Test
    void evaluatesAndSavesWhenItIsDueAndAtTheEnd() throws IOException {
        job.training(training -> training.put("evaluation_strategy", "steps")
                .put("eval_steps", 4)
                .put("save_steps", 4)
                .put("logging_steps", 3));

        assertThat(job.train()).as(job.printed()).isZero();

        assertThat(job.checkpoints()).containsExactly("checkpoint-4", "checkpoint-6");
        assertThat(log(4)).containsExactly("loss at 3", "eval_loss at 4", "loss at 4");
        assertThat(log(6)).endsWith("loss at 6", "eval_loss at 6");
        assertThat(job.progress()
                        .path("metrics_history")
                        .valueStream()
                        .map(point -> point.path("step").asLong()))
                .containsExactly(3L, 4L, 6L);
    }

    @Test
    void keepsNoMoreCheckpointsThanTheLimitSays() throws IOException {
        job.training(training ->
                training.put("save_steps", 1).put("save_total_limit", 2).put("evaluation_strategy", "no"));

        assertThat(job.train()).as(job.printed()).isZero();

        assertThat(job.checkpoints()).containsExactly("checkpoint-5", "checkpoint-6");
    }

    @Test
    void addsUpBatchesToTheSameStepAsOneLargeBatch() throws IOException {
        Job large = new Job(directory.resolve("large")).write();
        large.training(training -> training.put("batch_size", 8).put("max_steps", 2));
        Job small = new Job(directory.resolve("small")).write();
        small.training(training -> training.put("batch_size", 2)
                .put("gradient_accumulation_steps", 4)
                .put("max_steps", 2));

        assertThat(large.train()).as(large.printed()).isZero();
        assertThat(small.train()).as(small.printed()).isZero();

        for (int point = 0; point < 2; point++) {
            for (String key : List.of("train_loss", "grad_norm"))
                assertThat(small.progress()
                                .path("metrics_history")
                                .path(point)
                                .path(key)
                                .asDouble())
                        .isCloseTo(
                                large.progress()
                                        .path("metrics_history")
                                        .path(point)
                                        .path(key)
                                        .asDouble(),
                                within(1e-4));
        }
    }

    @Test
    void stopsEarlyWhenTheEvaluationNoLongerImproves() {
        job.training(training -> training.put("max_steps", 50)
                .put("learning_rate", 1e-12)
                .put("evaluation_strategy", "steps")
                .put("eval_steps", 1)
                .put("early_stopping_patience", 2)
                .put("early_stopping_threshold", 0.1));

        assertThat(job.train()).as(job.printed()).isZero();

        assertThat(job.progress().path("status").asString()).isEqualTo("completed");
        assertThat(job.progress().path("current_step").asLong()).isEqualTo(3);
        assertThat(job.printed()).contains("stopping early: 2 evaluations in a row without improvement");
    }

    @Test
    void finishesWithTheBestCheckpointWhenAskedTo() throws IOException {
        job.training(training -> training.put("learning_rate", 0.5)
                .put("max_grad_norm", 0)
                .put("warmup_steps", 5)
                .put("save_steps", 1)
                .put("evaluation_strategy", "steps")
                .put("eval_steps", 1)
                .put("load_best_model_at_end", true));

        assertThat(job.train()).as(job.printed()).isZero();

        long best = job.progress().path("best_step").asLong();
        assertThat(best).isLessThan(6);
        assertThat(job.weights())
                .isEqualTo(Files.readAllBytes(
                        job.output().resolve("checkpoint-" + best).resolve("model.safetensors")));
    }

    @Test
    void trainsOnConversationsAndPackedTextsToo() throws IOException {
        Files.writeString(
                job.data(),
                "{\"text\":\"a b c\"}\n{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                        + "{\"role\":\"assistant\",\"content\":\"ho\"}]}\n");
        job.training(
                training -> training.put("method", "cpt").put("packing", true).put("max_length", 64));
        job.with(config -> config.put("eval_split", 0));

        assertThat(job.train()).as(job.printed()).isZero();

        assertThat(job.progress().path("train_samples").asLong()).isEqualTo(1);
        assertThat(job.printed()).contains("[INFO] [CPT]");
    }

    @Test
    void namesInTheLogWhatItDoesNotHonour() {
        job.training(training -> training.put("bf16", true).put("optim", "paged_adamw_8bit"));

        assertThat(job.train()).as(job.printed()).isZero();

        assertThat(job.printed())
                .contains("[WARNING] [SFT] not honoured by the built-in trainer: training.bf16, training.optim");
    }

    @Test
    void refusesACommandLineWithoutItsOptions() {
        assertThat(job.run()).isEqualTo(2);
        assertThat(job.run("--config", "x")).isEqualTo(2);
        assertThat(job.run("--help")).isZero();
    }

    private List<String> log(long step) {
        return job.state(step)
                .path("log_history")
                .valueStream()
                .map(entry -> (entry.has("loss") ? "loss" : "eval_loss") + " at "
                        + entry.path("step").asLong())
                .toList();
    }
}
