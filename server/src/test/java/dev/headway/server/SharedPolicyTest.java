package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.server.config.InvalidSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole servers with one file of rules over one real Redis. Threads do not share it. */
class SharedPolicyTest {
    private static final String EXECUTE = "/api/training/execute";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Application> servers = new ArrayList<>();
    private TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stop() {
        servers.forEach(Application::close);
        redis.stop();
    }

    @Test
    void shareWhatIsUsedByRulesAndForgetNothingWhenTheyChange() throws Exception {
        write("rules: [{class: execute, limits: [6/minute, 40/month], weight: 2}, {class: execute, limits: 1/day,"
                + " shadow: true}]");
        Application one = start("one");
        Application other = start("other");
        assertThat(admitted(one, 2)).isEqualTo(2);
        assertThat(admitted(other, 5)).isEqualTo(1);

        write("rules: [{class: execute, limits: [9/minute, 40/month]}]");
        one.reloadLimits();
        other.reloadLimits();

        assertThat(admitted(one, 2)).isEqualTo(2);
        assertThat(admitted(other, 5)).isEqualTo(1);
    }

    @Test
    void shareRulesOfOtherAlgorithms() throws Exception {
        write("rules: [{class: execute, limits: 1/hour, algorithm: token-bucket, burst: 5}]");
        Application one = start("one");
        Application other = start("other");

        assertThat(admitted(one, 3)).isEqualTo(3);
        assertThat(admitted(other, 10)).isEqualTo(2);
    }

    @Test
    void shutOutWhoKeepsKnockingAtEither() throws Exception {
        write("rules: [{class: execute, limits: 1/second, penalty: {refusals: 3/minute, for: 10 minutes}}]");
        Application one = start("one");
        Application other = start("other");
        for (int request = 0; request < 8; request++) {
            send(one);
            send(other);
        }

        assertThat(retryAfter(one)).isGreaterThan(500);
        assertThat(retryAfter(other)).isGreaterThan(500);
    }

    @Test
    void tellARuleThatRedisCannotKeep() throws Exception {
        write("rules:\n  - {user: alice, class: read, limits: 100001/day}\n");

        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> start("one"));

        assertThat(invalid.problems())
                .singleElement()
                .asString()
                .contains("limits.yaml:2:5: ", "100001 permits in the longest window", "at most 100000 are accepted");
    }

    @Test
    void keepAFewADayForOneNetworkBesideManyAMinuteForAll() throws Exception {
        write("rules: [{class: execute, network: 127.0.0.0/8, limits: 3/day}, {class: execute, limits: 600/minute}]");
        Application one = start("one");
        Application other = start("other");

        assertThat(admitted(one, 2)).isEqualTo(2);
        assertThat(admitted(other, 5)).isEqualTo(1);

        write("rules: [{class: execute, limits: 600/minute}]");
        one.reloadLimits();
        assertThat(admitted(one, 50)).isEqualTo(50);
        write("rules: [{class: execute, limits: 40/day}, {class: execute, limits: 600/minute}]");
        other.reloadLimits();
        assertThat(admitted(other, 5)).isZero();
    }

    @Test
    void refuseAReloadWithAWindowThatNeedsCoarserTicks() throws Exception {
        write("rules: []");
        Application one = start("one");
        assertThat(admitted(one, 4)).isEqualTo(4);

        write("rules: [{class: execute, limits: [1/minute, 40/month]}]");
        one.reloadLimits();

        assertThat(admitted(one, 20)).isEqualTo(6);
        assertThat(get(one, "/health")).contains("\"policy\":{\"rules\":0,", "\"faults\":1}");
    }

    private int admitted(Application server, int times) throws Exception {
        int admitted = 0;
        for (int time = 0; time < times; time++) {
            admitted += send(server) == 429 ? 0 : 1;
        }
        return admitted;
    }

    private int send(Application server) throws Exception {
        return client.send(
                        request(server, EXECUTE).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private long retryAfter(Application server) throws Exception {
        return client.send(
                        request(server, EXECUTE).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding())
                .headers()
                .firstValueAsLong("retry-after")
                .orElse(0);
    }

    private String get(Application server, String path) throws Exception {
        return client.send(request(server, path).build(), BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(Application server, String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    private void write(String yaml) throws IOException {
        Files.writeString(directory.resolve("limits.yaml"), yaml);
    }

    private Application start(String name) {
        Map<String, String> environment = Map.of(
                "HEADWAY_DATA",
                directory.resolve(name).toString(),
                "LIMITS_FILE",
                directory.resolve("limits.yaml").toString(),
                "RATE_LIMIT_STORE_TIMEOUT",
                "1000",
                "RATE_LIMIT_STORAGE_URI",
                redis.uri());
        Application server = WholeServer.start(directory, environment).application();
        servers.add(server);
        return server;
    }
}
