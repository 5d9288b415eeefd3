package dev.headway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs that really run, by a trainer of ten lines, watched and stopped over HTTP. */
final class RunningJobTest {
    @TempDir
    static Path temporary;

    private static ApiServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.withOwnTrainer(temporary).run();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void showsAJobFromStartToEnd() throws Exception {
        submit("watched", "waits");
        JsonNode running =
                server.await("watched", status -> status.path("current_step").asInt() == 10);

        assertThat(running.path("status").asString()).isEqualTo("running");
        assertThat(running.path("progress").asDouble()).isEqualTo(50.0);
        assertThat(running.path("loss").asDouble()).isEqualTo(0.75);
        assertThat(running.path("eval_loss").isNull()).isTrue();
        assertThat(running.path("process_pid").isNumber()).isTrue();
        assertThat(server.get("/api/training/queue"))
                .isEqualTo("200 {\"running_count\":1,\"queued_count\":0,\"running_jobs\":[{\"job_id\":\"watched\","
                        + "\"name\":\"Training Job watched\",\"progress\":50.0,\"current_epoch\":0,\"total_epochs\":0}],"
                        + "\"queued_jobs\":[],\"queue_active\":true}");
        assertThat(server.get("/api/training/logs/watched"))
                .isEqualTo("200 {\"job_id\":\"watched\",\"logs\":[\"[2025-11-15 10:00:00] [__main__] [INFO] [SFT]"
                        + " training job watched\"],\"total_lines\":1,\"offset\":0,\"limit\":100}");
        assertThat(server.get("/api/training/logs/watched?limit=5&offset=7"))
                .isEqualTo("200 {\"job_id\":\"watched\",\"logs\":[],\"total_lines\":1,\"offset\":7,\"limit\":5}");
        assertThat(server.get("/api/training/metrics/watched"))
                .isEqualTo("200 {\"job_id\":\"watched\",\"metrics\":[{\"step\":10,\"epoch\":0.5,\"train_loss\":0.75,"
                        + "\"eval_loss\":null}]}");
        JsonNode checkpoints = server.json("/api/training/checkpoints/watched");
        assertThat(checkpoints.path("best_checkpoint").asString()).isEqualTo("checkpoint-10");
        assertThat(checkpoints.path("checkpoints").path(0).propertyNames())
                .containsExactly(
                        "path",
                        "epoch",
                        "step",
                        "eval_loss",
                        "train_loss",
                        "size_bytes",
                        "created_at",
                        "is_best",
                        "is_latest");
        assertThat(checkpoints.path("checkpoints").path(0).path("train_loss").asDouble())
                .isEqualTo(0.75);

        finish("watched");
        JsonNode ended = server.await("watched", "completed");
        assertThat(ended.path("progress").asDouble()).isEqualTo(100.0);
        assertThat(ended.path("completed_at").asString()).matches("\\d{4}-.{5}T.{8}(\\.\\d{6})?");
    }

    @Test
    void pausesAJobAndResumesItFromItsCheckpoint() throws Exception {
        submit("paused", "waits");
        server.await("paused", status -> status.path("current_step").asInt() == 10);

        assertThat(server.post("/api/training/pause/paused"))
                .matches("200 \\{\"success\":true,\"job_id\":\"paused\",\"previous_status\":\"running\","
                        + "\"paused_at\":\"[-0-9T:.]+\",\"message\":\"Job paused \\(was running\\)\"}");
        assertThat(server.json("/api/training/status/paused").path("status").asString())
                .isEqualTo("paused");
        assertThat(server.post("/api/training/pause/paused"))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"paused\",\"previous_status\":\"paused\","
                        + "\"message\":\"Can only pause running or pending jobs (current status: paused)\"}");
        assertThat(server.post("/api/training/resume/paused?checkpoint_path=/etc"))
                .isEqualTo("403 {\"success\":false,\"job_id\":\"paused\","
                        + "\"message\":\"Access denied: Path outside allowed directories\"}");
        assertThat(server.post("/api/training/resume/paused?checkpoint_path=.."))
                .startsWith("400 {\"success\":false,\"job_id\":\"paused\",\"message\":\"");
        assertThat(server.post("/api/training/resume/paused?checkpoint_path=checkpoint-99"))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"paused\","
                        + "\"message\":\"Checkpoint not found: checkpoint-99 - cannot resume\"}");

        Path checkpoint = server.engine().workspace().logs().resolve("job_paused/checkpoint-10");
        assertThat(server.post("/api/training/resume/paused"))
                .startsWith("200 {\"success\":true,\"job_id\":\"paused\",\"previous_status\":\"paused\","
                        + "\"checkpoint_path\":\"" + checkpoint + "\",\"queue_position\":")
                .contains("\"message\":\"Job resumed from checkpoint and queued at position ");
        server.await("paused", "running");
        finish("paused");
        JsonNode ended = server.await("paused", "completed");
        assertThat(ended.path("resume_from_checkpoint").asString()).isEqualTo(checkpoint.toString());
        assertThat(server.get("/api/training/logs/paused?offset=-1")).contains("\"resumed\"");
        assertThat(server.post("/api/training/resume/paused"))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"paused\",\"previous_status\":\"completed\","
                        + "\"message\":\"Can only resume paused jobs (current status: completed)\"}");
    }

    @Test
    void cancelsARunningJobAndStartsItAgain() throws Exception {
        submit("cancelled", "waits");
        server.await("cancelled", "running");

        assertThat(server.post("/api/training/{job}/force-start".replace("{job}", "cancelled")))
                .startsWith("400 {\"success\":false,\"job_id\":\"cancelled\",\"current_status\":\"running\","
                        + "\"message\":\"Cannot force-start running jobs.");
        assertThat(server.post("/api/training/cancel/cancelled"))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"cancelled\",\"previous_status\":\"running\","
                        + "\"message\":\"Job cancelled (was running)\"}");
        JsonNode status = server.json("/api/training/status/cancelled");
        assertThat(status.path("status").asString()).isEqualTo("cancelled");
        assertThat(status.path("error_message").asString()).isEqualTo("Cancelled by user");
        assertThat(server.post("/api/training/cancel/cancelled"))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"cancelled\",\"previous_status\":\"cancelled\","
                        + "\"message\":\"Job already finished with status: cancelled\"}");

        assertThat(server.post("/api/training/cancelled/force-start"))
                .startsWith("200 {\"success\":true,\"job_id\":\"cancelled\",\"previous_status\":\"cancelled\","
                        + "\"new_status\":\"queued\",\"queue_position\":");
        server.await("cancelled", "running");
        finish("cancelled");
        server.await("cancelled", "completed");
    }

    @Test
    void saysWithWhichCodeATrainerFailed() throws Exception {
        submit("failing", "fails");

        JsonNode failed = server.await("failing", "failed");

        assertThat(failed.path("error_message").asString()).contains("Training process exited with code 3");
        JsonNode errors = server.json("/api/training/failing/errors");
        assertThat(errors.path("error_summary")).isEqualTo(failed.path("error_message"));
        assertThat(errors.path("errors").path(0).path("message").asString()).isEqualTo("ERROR: out of luck");
    }

    @Test
    void cancelsAPausedJob() throws Exception {
        submit("paused-for-good", "waits");
        server.await("paused-for-good", status -> status.path("current_step").asInt() == 10);
        server.post("/api/training/pause/paused-for-good");

        assertThat(server.post("/api/training/cancel/paused-for-good"))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"paused-for-good\",\"previous_status\":\"paused\","
                        + "\"message\":\"Job cancelled (was paused)\"}");
    }

    @Test
    void reconnectsToNothingNew() throws Exception {
        assertThat(server.post("/api/training/reconnect"))
                .matches("200 \\{\"success\":true,\"message\":\"Reconnect scan complete\",\"jobs_before\":\\d+,"
                        + "\"jobs_after\":\\d+,\"running_before\":\\d+,\"running_after\":\\d+,\"reconnected\":\\d+}");
    }

    private static void submit(String id, String model) throws Exception {
        assertThat(server.post(
                        "/api/training/execute",
                        "{\"config\":{\"model\":{\"name\":\"" + model + "\"},\"training\":{\"method\":\"dpo\"}},"
                                + "\"execution_id\":\"" + id + "\",\"user_id\":\"u1\"}"))
                .startsWith("200 ");
    }

    private static void finish(String id) throws Exception {
        Files.createFile(server.engine().workspace().logs().resolve("job_" + id).resolve("finish"));
    }
}
