package dev.headway.server.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobState;
import dev.headway.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class JobStatusTest {
    @Test
    void writesThe41KeysOfANewJobInTheOrderOfTheContract() {
        Job job = Jobs.builder()
                .storedState(JobState.RUNNING)
                .config(Jobs.config("{\"training\":{\"learning_rate\":0.25,\"batch_size\":2}}"))
                .pid(7085)
                .build();

        assertThat(text(job)).isEqualTo("""
                {"job_id":"J","user_id":"u1","status":"running","progress":0.0,"current_epoch":0,"total_epochs":0,\
                "current_step":0,"total_steps":0,"loss":null,"eval_loss":null,"learning_rate":null,\
                "max_learning_rate":0.25,"batch_size":2,"gradient_accumulation_steps":null,"grad_norm":null,\
                "gpu_memory_allocated_gb":null,"gpu_memory_reserved_gb":null,"elapsed_seconds":null,\
                "remaining_seconds":null,"samples_per_second":null,"error_message":null,\
                "started_at":"2026-11-23T10:05:59.846726","completed_at":null,"updated_at":null,"perplexity":null,\
                "train_perplexity":null,"best_eval_loss":null,"best_epoch":0,"best_step":0,\
                "epochs_without_improvement":0,"loss_trend":null,"total_samples":0,"train_samples":0,"val_samples":0,\
                "total_tokens_processed":0,"resume_from_checkpoint":null,"num_gpus":1,"distributed_strategy":"none",\
                "parameter_updates":[],"last_parameter_update_at":null,"process_pid":7085}""");
        assertThat(Json.mapper().readTree(text(job)).size()).isEqualTo(41);
    }

    @Test
    void showsWhatTheTrainerReportsAsTheTrainerWroteIt() {
        Job job = Jobs.builder()
                .storedState(JobState.COMPLETED)
                .startedAt(Instant.parse("2026-11-23T10:06:00Z"))
                .completedAt(Instant.parse("2026-11-23T10:07:00.5Z"))
                .updatedAt(Instant.parse("2026-11-23T10:07:01Z"))
                .resumeFrom("/logs/job_J/checkpoint-3")
                .progress(Jobs.progress("""
                        {"progress_percent":37.5,"current_epoch":1,"total_epochs":2,"current_step":3,"total_steps":8,
                         "train_loss":1.25,"eval_loss":1.5,"learning_rate":0.125,"batch_size":4,
                         "gradient_accumulation_steps":2,"elapsed_seconds":7,"remaining_seconds":null,
                         "samples_per_second":0.5,"loss_trend":"improving","best_eval_loss":1.5,"best_step":2,
                         "total_samples":"many","gpu_memory_allocated_gb":null}"""))
                .build();

        JsonNode status = Json.mapper().readTree(text(job));

        assertThat(status.path("progress").asDouble()).isEqualTo(37.5);
        assertThat(status.path("current_step").asInt()).isEqualTo(3);
        assertThat(status.path("loss").asDouble()).isEqualTo(1.25);
        assertThat(status.path("batch_size").asInt()).isEqualTo(4);
        assertThat(status.path("remaining_seconds").isNull()).isTrue();
        assertThat(status.path("loss_trend").asString()).isEqualTo("improving");
        assertThat(status.path("total_samples").asInt()).as("what is no number").isZero();
        assertThat(status.path("started_at").asString()).isEqualTo("2026-11-23T10:06:00");
        assertThat(status.path("completed_at").asString()).isEqualTo("2026-11-23T10:07:00.500000");
        assertThat(status.path("updated_at").asString()).isEqualTo("2026-11-23T10:07:01");
        assertThat(status.path("resume_from_checkpoint").asString()).isEqualTo("/logs/job_J/checkpoint-3");
        assertThat(text(job)).contains("\"current_epoch\":1,", "\"elapsed_seconds\":7,");
    }

    @Test
    void showsNumbersThatNoDoubleHoldsAsNull() {
        String large = "1" + "0".repeat(400);
        Job job = Jobs.builder()
                .storedState(JobState.RUNNING)
                .config(Jobs.config("{\"training\":{\"learning_rate\":1e400,\"batch_size\":" + large + "}}"))
                .progress(Jobs.progress("{\"current_step\":" + large + "}"))
                .build();

        assertThat(text(job)).contains("\"max_learning_rate\":null,\"batch_size\":null,", "\"current_step\":0,");
    }

    private static String text(Job job) {
        return new String(Json.write(JobStatus.of(job)), StandardCharsets.UTF_8);
    }
}
