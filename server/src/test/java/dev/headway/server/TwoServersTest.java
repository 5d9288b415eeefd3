package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole servers that share one real Redis, and what they do without it. Threads do not share it. */
class TwoServersTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Application> servers = new ArrayList<>();
    private TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start("unixsocket " + socket());
    }

    @AfterEach
    void stop() {
        servers.forEach(Application::close);
        redis.stop();
    }

    @Test
    void admitTenInAll() {
        Application one = start(Map.of());
        Application other = start(Map.of());
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int request = 0; request < 30; request++) {
            answers.add(ask(one));
            answers.add(ask(other));
        }

        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();

        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(10);
        assertThat(health(one)).contains("\"storage\":\"redis\"", "\"state\":\"connected\"");
    }

    @Test
    void admitTenInAllWhenTheyTakePermitsAhead() {
        Map<String, String> ahead = Map.of("RATE_LIMIT_SERVERS", "2", "RATE_LIMIT_LEASE", "4");
        Application one = start(ahead);
        Application other = start(ahead);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int request = 0; request < 20; request++) {
            answers.add(ask(one));
            answers.add(ask(other));
        }

        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();

        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses).filteredOn(status -> status == 200).hasSizeBetween(6, 10);
    }

    @Test
    void countByAnyAlgorithm() {
        Application server = start(Map.of("RATE_LIMIT_ALGORITHM", "token-bucket"));

        assertThat(statuses(server, 11)).filteredOn(status -> status == 200).hasSize(10);

        assertThat(health(server)).contains("\"state\":\"connected\"", "\"decided_alone\":0");
    }

    @Test
    void mayReachRedisThroughAUnixSocket() {
        Application server = start(Map.of("RATE_LIMIT_STORAGE_URI", "redis+unix://" + socket()));

        assertThat(statuses(server, 11)).filteredOn(status -> status == 200).hasSize(10);

        assertThat(health(server)).contains("\"state\":\"connected\"", "\"decided_alone\":0");
    }

    @Test
    void goOnEachWithItsShareWhenRedisIsStopped() {
        Application one = start(Map.of("RATE_LIMIT_SERVERS", "2"));
        Application other = start(Map.of("RATE_LIMIT_SERVERS", "2"));
        redis.stop();

        List<Integer> statuses = new ArrayList<>(statuses(one, 20));
        statuses.addAll(statuses(other, 20));

        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(10);
        assertThat(health(one)).containsPattern("\"state\":\"(away|probing)\"");
    }

    @Test
    void admitEverybodyWithoutRedisIfToldTo() {
        Application server = start(Map.of("RATE_LIMIT_ON_STORE_FAILURE", "allow"));
        redis.stop();

        assertThat(statuses(server, 20)).containsOnly(200);
    }

    @Test
    void admitNobodyWithoutRedisIfToldTo() {
        Application server = start(Map.of("RATE_LIMIT_ON_STORE_FAILURE", "deny"));
        redis.stop();

        HttpResponse<String> answer = ask(server).join();

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(statuses(server, 20)).containsOnly(429);
    }

    @Test
    void letTheOperatorResetAClientOnAllServers() throws Exception {
        Application one = start(Map.of("ADMIN_API_KEY", "operator"));
        Application other = start(Map.of());
        statuses(one, 11);

        HttpRequest reset = HttpRequest.newBuilder(URI.create(one.url() + "/api/admin/limits/127.0.0.1"))
                .header("x-api-key", "operator")
                .DELETE()
                .build();
        assertThat(client.send(reset, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

        assertThat(statuses(other, 1)).containsExactly(200);
        redis.stop();
        assertThat(client.send(reset, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
    }

    private Path socket() {
        return directory.resolve("redis.sock");
    }

    private Application start(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "HEADWAY_DATA", directory.resolve("var" + servers.size()).toString());
        environment.put("RATE_LIMIT_READ", "10/hour");
        environment.put("RATE_LIMIT_STORAGE_URI", redis.uri());
        environment.put("RATE_LIMIT_STORE_TIMEOUT", "1000");
        environment.putAll(more);
        Application server = WholeServer.start(directory, environment).application();
        servers.add(server);
        return server;
    }

    private CompletableFuture<HttpResponse<String>> ask(Application server) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/training/queue"))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private List<Integer> statuses(Application server, int requests) {
        List<Integer> statuses = new ArrayList<>();
        for (int request = 0; request < requests; request++) {
            statuses.add(ask(server).join().statusCode());
        }
        return statuses;
    }

    private String health(Application server) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + "/health")).build();
        return client.sendAsync(request, BodyHandlers.ofString()).join().body();
    }
}
