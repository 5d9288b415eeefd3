package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to Redis, clients who go on asking two servers get an admission or a refusal each time, and never more than
 * docs/shared-limits.md says. Threads do not share it.
 *
 * <p>How slow the slowest answers were is written to {@code target/store-failures.md}, for the table in that page.
 */
class StoreFailuresTest {
    private static final int LIMIT = 20;
    private static final int BEFORE = 100;
    private static final int DURING = 400;
    private static final int AFTER = 400;
    private static final List<String> ROWS = new ArrayList<>();

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestRedis redis;
    private int strangers;

    /** Something that is done to a Redis. */
    private interface Deed {
        void run() throws IOException;
    }

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (int last = opened.size() - 1; last >= 0; last--) {
            opened.get(last).close();
        }
        redis.close();
    }

    @AfterAll
    static void writeTable() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "| what happens to Redis | most admitted of " + LIMIT
                        + ", at most | slowest before, ms | during | after | neither 200 nor 429 |",
                "|---|---|---|---|---|---|"));
        lines.addAll(ROWS);
        Files.write(Path.of("target", "store-failures.md"), lines);
    }

    @Test
    void admitTheLimitWhenNothingHappens() throws Exception {
        happens("nothing", patient(redis.uri()), LIMIT, () -> {}, () -> {});
    }

    @Test
    void goOnWhenRedisIsStopped() throws Exception {
        happens("stopped, then started empty", hasty(redis.uri()), 2 * LIMIT, redis::stop, redis::startAgain);
    }

    @Test
    void goOnWhenRedisHangs() throws Exception {
        try {
            happens(
                    "hangs (SIGSTOP), then goes on",
                    hasty(redis.uri()),
                    2 * LIMIT,
                    () -> redis.signal("STOP"),
                    () -> redis.signal("CONT"));
        } finally {
            redis.signal("CONT");
        }
    }

    @Test
    void goOnWhenRedisIsRestartedEmpty() throws Exception {
        happens(
                "restarted empty at once",
                hasty(redis.uri()),
                2 * LIMIT,
                () -> {
                    redis.stop();
                    redis.startAgain();
                },
                () -> {});
    }

    @Test
    void goOnWhenThePasswordIsAnother() throws Exception {
        happens(
                "another password",
                hasty(redis.uri()),
                2 * LIMIT,
                () -> redis.ask("CONFIG SET requirepass another", "CLIENT KILL TYPE normal"),
                () -> redis.ask("AUTH another", "CONFIG SET requirepass \"\""));
    }

    @Test
    void goOnWhenRedisTurnsIntoAReplica() throws Exception {
        happens(
                "turned into a replica",
                hasty(redis.uri()),
                2 * LIMIT,
                () -> redis.ask("REPLICAOF 127.0.0.1 " + TestRedis.freePort()),
                () -> redis.ask("REPLICAOF NO ONE"));
    }

    @Test
    void admitTheLimitWhenTheScriptsAreFlushed() throws Exception {
        happens("`SCRIPT FLUSH`", patient(redis.uri()), LIMIT, () -> redis.ask("SCRIPT FLUSH"), () -> {});
    }

    @Test
    void goOnWhenRedisIsFull() throws Exception {
        happens(
                "memory full",
                hasty(redis.uri()),
                2 * LIMIT,
                () -> redis.ask("CONFIG SET maxmemory 1"),
                () -> redis.ask("CONFIG SET maxmemory 0"));
    }

    @Test
    void goOnWhenTheLinkIsSlow() throws Exception {
        RedisWire wire = open(RedisWire.to(redis.port()));
        happens(
                "a link that takes 120 ms",
                hasty(wire.uri()),
                2 * LIMIT,
                () -> wire.delay(Duration.ofMillis(120)),
                () -> wire.delay(Duration.ZERO));
    }

    @Test
    void goOnWhenTheNewMasterHasAClockBehind() throws Exception {
        TestRedis replica = replicaOf(redis);
        RedisWire wire = open(RedisWire.to(redis.port()));
        happens(
                "failover to a replica whose clock is 5 s behind",
                hasty(wire.uri()),
                2 * LIMIT,
                () -> {
                    redis.stop();
                    replica.ask("REPLICAOF NO ONE");
                    wire.leadTo(replica.port(), Duration.ofSeconds(5));
                },
                redis::startAgain);
    }

    @Test
    void goOnWhenSentinelFailsOver() throws Exception {
        TestRedis replica = replicaOf(redis);
        TestSentinel sentinel = open(TestSentinel.start(directory, redis.port(), replica.port()));
        happens("stopped, and Sentinel fails over", hasty(sentinel.uri()), 2 * LIMIT, redis::stop, () -> {});
    }

    private TestRedis replicaOf(TestRedis master) {
        TestRedis replica = open(TestRedis.start());
        replica.ask("REPLICAOF 127.0.0.1 " + master.port());
        Await.until(
                "a replica that follows", () -> replica.ask("INFO replication").contains("master_link_status:up"));
        return replica;
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    /** The usual timeout. */
    private static Map<String, String> hasty(String uri) {
        return Map.of("RATE_LIMIT_STORAGE_URI", uri);
    }

    /** A timeout that a busy machine keeps too: what is decided alone must be so for the reason of the test. */
    private static Map<String, String> patient(String uri) {
        Map<String, String> environment = new HashMap<>(hasty(uri));
        environment.put("RATE_LIMIT_STORE_TIMEOUT", "1000");
        return environment;
    }

    private void happens(String what, Map<String, String> environment, int most, Deed breaks, Deed mends)
            throws IOException {
        List<String> servers = List.of(start(environment), start(environment));
        try (StoreFailureLoad load = StoreFailureLoad.start(servers)) {
            awaitAnswers(load, BEFORE);
            long before = load.takeSlowestMillis();
            breaks.run();
            awaitAnswers(load, DURING);
            long during = load.takeSlowestMillis();
            mends.run();
            servers.forEach(this::awaitConnected);
            awaitAnswers(load, AFTER);
            ROWS.add(String.format(
                    Locale.ROOT,
                    "| %s | %d, %d | %d | %d | %d | %d |",
                    what,
                    load.mostAdmitted(),
                    most,
                    before,
                    during,
                    load.takeSlowestMillis(),
                    load.unexpected()));

            assertThat(load.unexpected())
                    .as("answers that are neither 200 nor 429")
                    .isZero();
            assertThat(load.mostAdmitted()).isBetween(LIMIT / 2, most);
        }
    }

    private static void awaitAnswers(StoreFailureLoad load, int more) {
        int wanted = load.answered() + more;
        Await.until("the next answers", () -> load.answered() >= wanted);
    }

    /** Strangers ask meanwhile: Redis is only asked again about clients of whom the server does not know yet that they are refused. */
    private void awaitConnected(String server) {
        Await.until("a server that asks Redis again", () -> {
            strangers++;
            ask(server + "/api/training/queue", "2001:db8:0:" + Integer.toHexString(strangers) + "::1");
            return ask(server + "/health", "203.0.113.1").contains("\"state\":\"connected\"");
        });
    }

    private String ask(String uri, String client) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("X-Forwarded-For", client)
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).join().body();
    }

    private String start(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("RATE_LIMIT_READ", LIMIT + "/hour");
        all.put("RATE_LIMIT_SERVERS", "2");
        return open(WholeServer.start(directory.resolve("server-" + opened.size()), all))
                .application()
                .url();
    }
}
