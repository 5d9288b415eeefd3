package dev.headway.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.trainer.config.Cadence.EveryEpoch;
import dev.headway.trainer.config.Cadence.EverySteps;
import dev.headway.trainer.config.Cadence.Never;
import dev.headway.trainer.failure.UnusableConfig;
import dev.headway.trainer.files.Json;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class JobConfigTest {
    @Test
    void needsOnlyAModelAMethodADatasetAndAnOutput() {
        JobConfig config = parse(minimal());

        assertThat(config.model()).isEqualTo("headway/nano");
        assertThat(config.method()).isEqualTo(Method.SFT);
        assertThat(config.seed()).isEqualTo(42);
        assertThat(config.output()).isEqualTo(Path.of("/jobs/job_1"));
        assertThat(config.data()).isEqualTo(new DataSettings(Path.of("/data.jsonl"), 0));
        assertThat(config.batches()).isEqualTo(new BatchSettings(8, 8, 1, 1024, false));
        assertThat(config.length()).isEqualTo(new LengthSettings(3, OptionalLong.empty()));
        assertThat(config.optimizer()).isEqualTo(new OptimizerSettings(1e-3, 0, 0.9, 0.999, 1e-8, 1));
        assertThat(config.schedule()).isEqualTo(new ScheduleSettings(SchedulerKind.LINEAR, 0, 0, 1));
        assertThat(config.cadences()).isEqualTo(new CadenceSettings(10, new EveryEpoch(), new EverySteps(500), 0));
        assertThat(config.earlyStopping()).isEmpty();
        assertThat(config.resume()).isInstanceOf(Resume.Afresh.class);
        assertThat(config.notHonoured()).isEmpty();
    }

    @Test
    void honoursTheNamesThatRealConfigurationsUse() {
        ObjectNode json = minimal();
        json.withObjectProperty("training")
                .put("num_epochs", 1.5)
                .put("max_steps", 70)
                .put("batch_size", 4)
                .put("eval_batch_size", 16)
                .put("gradient_accumulation_steps", 2)
                .put("learning_rate", 0.0002)
                .put("lr_scheduler_type", "cosine_with_restarts")
                .put("warmup_steps", 5)
                .put("warmup_ratio", 0.1)
                .put("weight_decay", 0.01)
                .put("adam_beta1", 0.8)
                .put("adam_beta2", 0.95)
                .put("adam_epsilon", 1e-6)
                .put("max_grad_norm", 0.3)
                .put("max_length", 512)
                .put("packing", true)
                .put("logging_steps", 25)
                .put("evaluation_strategy", "steps")
                .put("eval_steps", 50)
                .put("save_strategy", "epoch")
                .put("save_total_limit", 3)
                .put("early_stopping_patience", 2)
                .put("early_stopping_threshold", 0.01)
                .put("load_best_model_at_end", true);
        json.put("seed", 7);

        JobConfig config = parse(json);

        assertThat(config.seed()).isEqualTo(7);
        assertThat(config.batches()).isEqualTo(new BatchSettings(4, 16, 2, 512, true));
        assertThat(config.length()).isEqualTo(new LengthSettings(1.5, OptionalLong.of(70)));
        assertThat(config.optimizer()).isEqualTo(new OptimizerSettings(0.0002, 0.01, 0.8, 0.95, 1e-6, 0.3));
        assertThat(config.schedule()).isEqualTo(new ScheduleSettings(SchedulerKind.COSINE_WITH_RESTARTS, 5, 0.1, 1));
        assertThat(config.cadences()).isEqualTo(new CadenceSettings(25, new EverySteps(50), new EveryEpoch(), 3));
        assertThat(config.earlyStopping()).contains(new EarlyStoppingSettings(2, 0.01));
        assertThat(config.loadBestAtEnd()).isTrue();
        assertThat(config.notHonoured()).isEmpty();
    }

    @Test
    void namesWhatItDoesNotHonourAndRefusesNothingForIt() {
        ObjectNode json = minimal();
        json.withObjectProperty("model").put("device_map", "auto").put("torch_dtype", "bfloat16");
        json.withObjectProperty("training")
                .put("bf16", true)
                .put("fp16", false)
                .put("optim", "paged_adamw_8bit")
                .put("dataloader_num_workers", 0)
                .put("pretokenize", true)
                .put("dataloader_pin_memory", true)
                .putNull("dataloader_prefetch_factor")
                .withObjectProperty("quantization")
                .put("load_in_4bit", true);
        json.withObjectProperty("lora").put("r", 16);
        json.withObjectProperty("predictions");

        assertThat(parse(json).notHonoured())
                .containsExactlyInAnyOrder(
                        "lora",
                        "model.device_map",
                        "model.torch_dtype",
                        "training.bf16",
                        "training.optim",
                        "training.dataloader_pin_memory",
                        "training.quantization");
    }

    @Test
    void listsAllProblemsAtOnceWithTheValueSeenAndWhatIsAccepted() {
        ObjectNode json = minimal();
        json.remove("output_dir");
        json.withObjectProperty("training")
                .put("method", "dpo")
                .put("batch_size", 0)
                .put("learning_rate", "fast")
                .put("lr_scheduler_type", "zigzag")
                .put("save_strategy", "sometimes")
                .put("num_epochs", -1);

        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(UnusableConfig.class)
                .hasMessageStartingWith("the configuration job.json cannot be used: ")
                .hasMessageContaining("output_dir is missing")
                .hasMessageContaining(
                        "training.method must be sft or cpt, which is what the built-in trainer does," + " got \"dpo\"")
                .hasMessageContaining("training.batch_size must be a whole number from 1 to 1048576, got 0")
                .hasMessageContaining("training.learning_rate must be a number > 0, got \"fast\"")
                .hasMessageContaining("training.lr_scheduler_type must be one of linear, cosine,"
                        + " cosine_with_restarts, constant, constant_with_warmup, got \"zigzag\"")
                .hasMessageContaining("training.save_strategy must be one of no, steps, epoch, got \"sometimes\"")
                .hasMessageContaining("training.num_epochs must be a number > 0, got -1");
    }

    @Test
    void letsWarmupStepsWinOverTheRatioWhenBothAreGiven() {
        assertThat(new ScheduleSettings(SchedulerKind.LINEAR, 7, 0.5, 1).warmup(100))
                .isEqualTo(7);
        assertThat(new ScheduleSettings(SchedulerKind.LINEAR, 0, 0.05, 1).warmup(101))
                .isEqualTo(6);
    }

    @Test
    void holdsOutWhatTheNearestStatementSays() {
        ObjectNode general = minimal().put("eval_split", 0.2);
        ObjectNode trained = general.deepCopy();
        trained.withObjectProperty("data").put("train_split", 0.75);
        ObjectNode exact = trained.deepCopy();
        exact.withObjectProperty("data").put("eval_split", 0.05);

        assertThat(parse(general).data().evaluationShare()).isEqualTo(0.2);
        assertThat(parse(trained).data().evaluationShare()).isEqualTo(0.25);
        assertThat(parse(exact).data().evaluationShare()).isEqualTo(0.05);
    }

    @Test
    void countsStepsFromEpochsUnlessTheStepsAreGiven() {
        assertThat(new LengthSettings(1.5, OptionalLong.empty()).totalSteps(7)).isEqualTo(11);
        assertThat(new LengthSettings(0.01, OptionalLong.empty()).totalSteps(7)).isEqualTo(1);
        assertThat(new LengthSettings(1.5, OptionalLong.of(100)).totalSteps(7)).isEqualTo(100);
    }

    @Test
    void understandsTheFormsOfResumeFromCheckpoint() {
        assertThat(parse(minimal().put("resume_from_checkpoint", true)).resume())
                .isInstanceOf(Resume.FromNewest.class);
        assertThat(parse(minimal().put("resume_from_checkpoint", "latest")).resume())
                .isInstanceOf(Resume.FromNewest.class);
        assertThat(parse(minimal().put("resume_from_checkpoint", false)).resume())
                .isInstanceOf(Resume.Afresh.class);
        assertThat(parse(minimal().put("resume_from_checkpoint", "")).resume()).isInstanceOf(Resume.Afresh.class);
        assertThat(parse(minimal().put("resume_from_checkpoint", "/a/checkpoint-5"))
                        .resume())
                .isEqualTo(new Resume.FromCheckpoint("/a/checkpoint-5"));
    }

    @Test
    void isDueAtTheEndOfEpochsOrEverySoManySteps() {
        assertThat(new Never().isDue(10, 5)).isFalse();
        assertThat(new EveryEpoch().isDue(10, 5)).isTrue();
        assertThat(new EveryEpoch().isDue(9, 5)).isFalse();
        assertThat(new EverySteps(3).isDue(9, 5)).isTrue();
        assertThat(new EverySteps(3).isDue(10, 5)).isFalse();
    }

    private static JobConfig parse(ObjectNode json) {
        return JobConfig.parse(json, "job.json");
    }

    private static ObjectNode minimal() {
        ObjectNode json = Json.object();
        json.withObjectProperty("model").put("name", "headway/nano");
        json.withObjectProperty("training").put("method", "sft");
        return json.put("dataset_path", "/data.jsonl")
                .put("output_dir", "/jobs/job_1")
                .put("execution_id", "1");
    }
}
