package dev.headway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server on which nothing runs: what is unknown, what is empty, what is queued. */
final class QuietServerTest {
    @TempDir
    static Path temporary;

    private static ApiServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.withBuiltInTrainer(temporary);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "-not-a-name", "caf%C3%A9", "%20"})
    void knowsNoSuchJob(String path) throws Exception {
        String id = URLDecoder.decode(path, StandardCharsets.UTF_8);

        assertThat(server.get("/api/training/status/" + path))
                .isEqualTo("404 {\"detail\":\"Job " + id + " not found\"}");
        assertThat(server.get("/api/training/metrics/" + path))
                .isEqualTo("404 {\"detail\":\"Job " + id + " not found\"}");
        assertThat(server.get("/api/training/logs/" + path))
                .isEqualTo("200 {\"job_id\":\"" + id
                        + "\",\"logs\":[],\"total_lines\":0,\"message\":\"No logs available yet\"}");
        assertThat(server.get("/api/training/checkpoints/" + path))
                .isEqualTo("200 {\"job_id\":\"" + id + "\",\"checkpoints\":[],"
                        + "\"message\":\"No checkpoints available yet\"}");
        assertThat(server.get("/api/training/" + path + "/errors"))
                .isEqualTo("200 {\"job_id\":\"" + id + "\",\"error_summary\":null,\"errors\":[],\"traceback\":null,"
                        + "\"error_count\":0,\"unique_error_count\":0}");
        assertThat(server.post("/api/training/cancel/" + path))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"" + id
                        + "\",\"message\":\"Job not found in memory or database\"}");
        assertThat(server.post("/api/training/pause/" + path))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"" + id + "\",\"message\":\"Job not found\"}");
        assertThat(server.post("/api/training/resume/" + path))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"" + id + "\",\"message\":\"Job not found\"}");
        assertThat(server.post("/api/training/" + path + "/force-start"))
                .isEqualTo("404 {\"success\":false,\"job_id\":\"" + id + "\",\"message\":\"Job not found\"}");
    }

    @Test
    void showsCancelsAndMovesQueuedJobs() throws Exception {
        submit("first");
        submit("second");

        assertThat(server.get("/api/training/metrics/first"))
                .isEqualTo("200 {\"job_id\":\"first\",\"metrics\":[],\"message\":\"No metrics available yet\"}");
        assertThat(server.post("/api/training/pause/first"))
                .isEqualTo("400 {\"success\":false,\"job_id\":\"first\",\"previous_status\":\"queued\","
                        + "\"message\":\"Can only pause running or pending jobs (current status: queued)\"}");
        assertThat(server.post("/api/training/second/force-start"))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"second\",\"previous_status\":\"queued\","
                        + "\"new_status\":\"queued\",\"queue_position\":1,"
                        + "\"message\":\"Job queued successfully (position 1)\"}");
        assertThat(server.get("/api/training/queue"))
                .isEqualTo("200 {\"running_count\":0,\"queued_count\":2,\"running_jobs\":[],\"queued_jobs\":["
                        + "{\"job_id\":\"second\",\"name\":\"Training Job second\",\"position\":1,\"status\":\"queued\"},"
                        + "{\"job_id\":\"first\",\"name\":\"Training Job first\",\"position\":2,\"status\":\"queued\"}],"
                        + "\"queue_active\":false}");
        assertThat(server.post("/api/training/cancel/first"))
                .isEqualTo("200 {\"success\":true,\"job_id\":\"first\",\"previous_status\":\"queued\","
                        + "\"message\":\"Job removed from queue and cancelled\"}");
        assertThat(server.post("/api/training/cancel/second")).startsWith("200 ");
    }

    @Test
    void refusesModelsThatTheBuiltInTrainerHasNot() throws Exception {
        assertThat(server.post("/api/training/execute", request("x", "Qwen/Qwen3-1.7B", "sft")))
                .startsWith("400 {\"detail\":\"Configuration validation failed: model.name 'Qwen/Qwen3-1.7B' is not a"
                        + " model of the built-in trainer")
                .contains("TRAINER_COMMAND");
        assertThat(server.post("/api/training/execute", request("x", "headway/nano", "rlhf")))
                .startsWith("400 {\"detail\":\"Configuration validation failed: training.method 'rlhf'");
    }

    @Test
    void refusesQueriesThatAreNoNumbers() throws Exception {
        assertThat(server.get("/api/training/logs/nobody?limit=abc&offset=")).isEqualTo("""
                422 {"detail":[\
                {"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer, unable to parse \
                string as an integer","input":"abc"},\
                {"type":"int_parsing","loc":["query","offset"],"msg":"Input should be a valid integer, unable to parse \
                string as an integer","input":""}]}""");
    }

    @Test
    void reportsHealth() throws Exception {
        assertThat(server.get("/health"))
                .startsWith(
                        "200 {\"status\":\"healthy\",\"service\":\"Headway Training API\",\"version\":\"0.1.0\","
                                + "\"gpu_available\":false,\"gpu_info\":\"No GPU detected\",\"rate_limiting\":{\"enabled\":false,")
                .contains("\"jobs\":{\"running\":0,\"queued\":");
    }

    @Test
    void looksIntoTheRoot() throws Exception {
        Path file = Files.writeString(server.root().resolve("notes.txt"), "hi");
        String path = "{\"path\":\"" + file + "\"}";

        assertThat(server.post("/api/filesystem/list", "{\"path\":\"" + server.root() + "\"}"))
                .startsWith("200 ")
                .contains("\"name\":\"notes.txt\"");
        assertThat(server.post("/api/filesystem/read", path)).contains("\"content\":\"hi\"");
        assertThat(server.post("/api/filesystem/info", path)).contains("\"size_bytes\":2");
        assertThat(server.post("/api/filesystem/read", "{\"path\":\"/etc/passwd\"}"))
                .isEqualTo("403 {\"detail\":\"Access denied: Path outside allowed directories\"}");
    }

    @Test
    void knowsItsPathsAndVerbs() throws Exception {
        assertThat(server.get("/api/training/unknown/path")).isEqualTo("404 {\"detail\":\"Not Found\"}");
        assertThat(server.get("/api/training/execute")).isEqualTo("405 {\"detail\":\"Method Not Allowed\"}");
        assertThat(server.post("/api/training/cancel/force-start"))
                .as("cancel is declared first")
                .contains("\"job_id\":\"force-start\",\"message\":\"Job not found in memory or database\"");
    }

    private static void submit(String id) throws Exception {
        assertThat(server.post("/api/training/execute", request(id, "headway/nano", "sft")))
                .startsWith("200 ");
    }

    private static String request(String id, String model, String method) {
        return "{\"config\":{\"model\":{\"name\":\"" + model + "\"},\"training\":{\"method\":\"" + method
                + "\"}},\"execution_id\":\"" + id + "\",\"user_id\":\"u1\"}";
    }
}
