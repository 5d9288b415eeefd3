package dev.headway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/training/execute} over HTTP, on an engine that starts nothing. */
final class ExecuteTest {
    private static final String EXECUTE = "/api/training/execute";

    @TempDir
    Path temporary;

    private ApiServer server;

    @BeforeEach
    void start() throws Exception {
        server = ApiServer.withOwnTrainer(temporary);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void queuesJobsAndSaysWhereTheyStand() throws Exception {
        assertThat(execute("a")).isEqualTo(queued("a", 1));
        assertThat(execute("b")).isEqualTo(queued("b", 2));
    }

    @Test
    void makesANameUpForAJobWithoutOne() throws Exception {
        String answer = execute("");

        assertThat(answer)
                .matches("200 \\{\"job_id\":\"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\",\"status\":\"queued\","
                        + "\"message\":\"Training job \\1 queued successfully \\(position: 1\\)\"}");
    }

    @Test
    void takesTheSameRequestTwiceAndQueuesItOnce() throws Exception {
        assertThat(execute("a")).isEqualTo(queued("a", 1));
        assertThat(execute("a")).isEqualTo(queued("a", 1));

        assertThat(server.json("/api/training/queue").path("queued_count").asInt())
                .isEqualTo(1);
    }

    @Test
    void saysHowAJobStandsThatIsSubmittedAgainLater() throws Exception {
        execute("a");
        server.post("/api/training/cancel/a");

        assertThat(execute("a"))
                .isEqualTo("200 {\"job_id\":\"a\",\"status\":\"cancelled\","
                        + "\"message\":\"Training job a was already submitted (status: cancelled)\"}");
    }

    @Test
    void refusesAKnownNameForAnotherRequest() throws Exception {
        execute("a");

        assertThat(execute("a", Map.of("user_id", "somebody else")))
                .isEqualTo("409 {\"detail\":\"Job a already exists and was submitted with a different request;"
                        + " choose another execution_id\"}");
    }

    @Test
    void refusesANameThatIsMoreThanASegmentOfAPath() throws Exception {
        assertThat(execute("../../etc"))
                .isEqualTo("400 {\"detail\":\"Invalid execution_id '../../etc': must be 1 to 128 characters out of"
                        + " A-Z a-z 0-9 . _ - and begin with a letter or digit\"}");
    }

    @Test
    void reportsMissingFieldsTogetherAndIgnoresUnknownOnes() throws Exception {
        assertThat(server.post(EXECUTE, "{\"access_token\":\"t\"}")).isEqualTo("""
                422 {"detail":[\
                {"type":"missing","loc":["body","config"],"msg":"Field required","input":{"access_token":"t"}},\
                {"type":"missing","loc":["body","execution_id"],"msg":"Field required","input":{"access_token":"t"}},\
                {"type":"missing","loc":["body","user_id"],"msg":"Field required","input":{"access_token":"t"}}]}""");
    }

    @Test
    void saysWhereJsonIsBroken() throws Exception {
        assertThat(server.post(EXECUTE, "{")).isEqualTo("""
                422 {"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},\
                "ctx":{"error":"Expecting property name enclosed in double quotes"}}]}""");
    }

    @Test
    void refusesAConfigThatBreaksARule() throws Exception {
        assertThat(execute("a", Map.of("config", Map.of("model", Map.of("name", "m")))))
                .isEqualTo("400 {\"detail\":\"Configuration validation failed: Missing required config sections:"
                        + " training\"}");
        assertThat(execute("a", Map.of("config", Map.of("model", "m", "training", Map.of("method", "sft")))))
                .isEqualTo("500 {\"detail\":\"Validation error: 'str' object has no attribute 'get'\"}");
    }

    @Test
    void refusesADatasetThatIsNone() throws Exception {
        assertThat(execute("a", Map.of("dataset_content", "not json")))
                .isEqualTo("400 {\"detail\":\"Configuration validation failed: Invalid dataset format: Expecting value:"
                        + " line 1 column 1 (char 0)\"}");
        assertThat(execute("a", Map.of("dataset_path", "bucket/key.jsonl")))
                .isEqualTo("400 {\"detail\":\"Failed to download dataset from storage. Please ensure dataset_content is"
                        + " provided.\"}");
        assertThat(execute("a", Map.of("dataset_path", "/etc/passwd"))).startsWith("400 {\"detail\":\"Configuration");
    }

    @Test
    void writesTheDatasetForTheTrainer() throws Exception {
        execute("a", Map.of("dataset_content", "[{\"text\":\"é\"},{\"text\":\"b\",\"n\":[1,2]}]"));

        assertThat(server.data().resolve("logs/datasets/job_a/train_dataset.jsonl"))
                .content()
                .startsWith("{\"text\": \"\\u00e9\"}\n{\"text\": \"b\", \"n\": [1, 2]}");
    }

    @Test
    void showsAJobsNameOrMakesOneOfItsId() throws Exception {
        execute("0123456789", Map.of("name", "Ä job"));
        execute("abcdefghij", Map.of());

        JsonNode queue = server.json("/api/training/queue").path("queued_jobs");

        assertThat(queue.path(0).path("name").asString()).isEqualTo("Ä job");
        assertThat(queue.path(1).path("name").asString()).isEqualTo("Training Job abcdefgh");
    }

    @Test
    void answers413BeyondTheBoundOfABody() throws Exception {
        assertThat(execute("a", Map.of("name", "x".repeat(ApiServer.MAX_EXECUTE_BYTES))))
                .startsWith("413 {\"detail\":");
    }

    @Test
    void answers503WhenTheQueueIsFull() throws Exception {
        for (int index = 0; index < ApiServer.MAX_QUEUED; index++) {
            execute("j" + index);
        }

        HttpResponse<String> refused = server.send(request("one-more"));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("30");
        assertThat(refused.body())
                .isEqualTo(
                        "{\"detail\":\"Training queue is full: 3 jobs are queued; try again when one has started\"}");
    }

    @Test
    void answers503AndKeepsNothingWhenTheJobCannotBeWrittenDown() throws Exception {
        Path configs = server.data().resolve("configs");
        Files.delete(configs);
        Files.writeString(configs, "no directory");

        String answer = execute("a", Map.of("dataset_content", "{\"text\":\"a\"}"));

        assertThat(answer).startsWith("503 {\"detail\":\"Job a could not be stored: ");
        assertThat(server.get("/api/training/status/a")).isEqualTo("404 {\"detail\":\"Job a not found\"}");
        assertThat(server.data().resolve("logs/datasets/job_a")).doesNotExist();
    }

    private String execute(String id) throws Exception {
        return execute(id, Map.of());
    }

    private String execute(String id, Map<String, ?> more) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>(fields(id));
        fields.putAll(more);
        return server.post(EXECUTE, new String(Json.write(fields), StandardCharsets.UTF_8));
    }

    private HttpRequest request(String id) {
        return HttpRequest.newBuilder(server.uri(EXECUTE))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(fields(id))))
                .build();
    }

    private static Map<String, Object> fields(String id) {
        return Map.of(
                "execution_id",
                id,
                "user_id",
                "u1",
                "config",
                Map.of("model", Map.of("name", "m"), "training", Map.of("method", "sft")));
    }

    private static String queued(String id, int position) {
        return "200 {\"job_id\":\"" + id + "\",\"status\":\"queued\",\"message\":\"Training job " + id
                + " queued successfully (position: " + position + ")\"}";
    }
}
