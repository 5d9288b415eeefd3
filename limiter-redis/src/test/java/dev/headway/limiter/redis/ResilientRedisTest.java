package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.resilience.ResilientStore;
import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.limiter.store.MemoryStore;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a limit of 10 per hour when something happens to a real Redis: in all cases requests get an answer, no more than 10 pass
 * through a server in which some were decided alone, and when Redis is well again it is asked again.
 */
final class ResilientRedisTest {

    private static final String LIMIT = "10/hour";

    private RealRedis redis;
    private RedisCommands<String, String> commands;
    private ResilientStore store;
    private RateLimiter limiter;
    private int strangers;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        commands = redis.commands();
        open(redis.uri());
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    @Test
    void goesOnAloneWhenRedisIsStopped() {
        assertThat(admitted("alice", 4)).isEqualTo(4);

        redis.stop();

        assertThat(admitted("alice", 20)).isEqualTo(6);
        assertThat(admitted("bob", 20)).isEqualTo(10);
        assertAway();
    }

    @Test
    void countsBesideARedisThatWasRestartedEmpty() {
        admitted("alice", 4);
        redis.stop();
        admitted("alice", 4);
        assertAway();

        redis.restartEmpty();
        awaitConnected();

        assertThat(admitted("alice", 20)).isEqualTo(2);
        assertThat(admitted("carol", 20)).isEqualTo(10);
    }

    @Test
    void goesOnAloneWhenRedisHangsAndBelievesItAgainWhenItGoesOn() {
        admitted("alice", 4);
        redis.signal("STOP");
        try {
            assertThat(admitted("alice", 20)).isEqualTo(6);
            assertAway();
        } finally {
            redis.signal("CONT");
        }

        awaitConnected();

        assertThat(admitted("alice", 20)).isZero();
        assertThat(admitted("carol", 20)).isEqualTo(10);
    }

    @Test
    void goesOnAloneWithAWrongPasswordAndSaysWhy() {
        commands.configSet("requirepass", "right");
        store.close();
        open("redis://:wrong@" + redis.uri().substring("redis://".length()));

        assertThat(admitted("alice", 20)).isEqualTo(10);

        assertAway();
        assertThat(store.health().lastFailure().orElseThrow())
                .contains("WRONGPASS")
                .doesNotContain("wrong@");
    }

    @Test
    void doesNotEvenNoticeThatTheScriptsWereFlushed() {
        admitted("alice", 4);

        commands.scriptFlush();

        assertThat(admitted("alice", 20)).isEqualTo(6);
        assertThat(store.health().failures()).isZero();
    }

    @Test
    void goesOnAloneWhenRedisHasNoMemoryLeft() {
        admitted("alice", 4);

        commands.configSet("maxmemory", "1");

        assertThat(admitted("alice", 20)).isEqualTo(6);
        assertThat(admitted("bob", 20)).isEqualTo(10);
        assertThat(store.health().lastFailure().orElseThrow()).contains("OOM");
    }

    @Test
    void goesOnAloneOnAReplica() {
        admitted("alice", 4);

        commands.replicaof("127.0.0.1", RealRedis.freePort());

        assertThat(admitted("alice", 20)).isEqualTo(6);
        assertAway();
        assertThat(store.health().lastFailure().orElseThrow()).contains("READONLY");
    }

    @Test
    void goesOnAloneWhereAWebServerListensInsteadOfRedis() throws IOException {
        com.sun.net.httpserver.HttpServer web =
                com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        try {
            store.close();
            open(RealRedis.uri(web.getAddress().getPort()));

            assertThat(admitted("alice", 20)).isEqualTo(10);
            assertAway();
        } finally {
            web.stop(0);
        }
    }

    @Test
    void twoServersThatAreAloneHaveTheLimitInAllWhenTheyKnowOfEachOther() {
        store.close();
        store = resilient(redis.uri()).servers(2).build();
        limiter = limiter(store);
        try (ResilientStore other = resilient(redis.uri()).servers(2).build()) {
            RateLimiter twin = limiter(other);
            redis.stop();

            assertThat(admitted("alice", 20) + admitted(twin, "alice", 20)).isEqualTo(10);
        }
    }

    @Test
    void aResetOnOneServerReachesTheOtherWithinASecond() {
        try (ResilientStore other = resilient(redis.uri()).build()) {
            RateLimiter twin = limiter(other);
            admitted("alice", 20);
            assertThat(admitted(twin, "alice", 20)).isZero();

            limiter.reset("alice");

            Await.until(
                    "an admission on the other server",
                    () -> twin.tryAcquire("alice").allowed() ? Optional.of(true) : Optional.empty());
        }
    }

    @Test
    void refusesAFloodWithoutAskingRedis() {
        admitted("alice", 10);
        long before = commandsProcessed();

        assertThat(admitted("alice", 1000)).isZero();

        assertThat(store.health().refusedFromMemory()).isGreaterThan(900);
        assertThat(commandsProcessed() - before).isLessThan(100);
    }

    private long commandsProcessed() {
        return commands.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private void open(String uri) {
        store = resilient(uri).build();
        limiter = limiter(store);
    }

    /** A deadline that a busy machine keeps when Redis is well: what is decided alone must be so for the reason of the test. */
    private static ResilientStore.Builder resilient(String uri) {
        return ResilientStore.around(
                        RedisStore.builder(uri).deadline(Duration.ofSeconds(1)).build())
                .standIn(MemoryStore.builder().build());
    }

    private static RateLimiter limiter(ResilientStore store) {
        return RateLimiter.builder()
                .name("login")
                .limits(Limit.parse(LIMIT))
                .store(store)
                .build();
    }

    private void assertAway() {
        assertThat(store.health().state()).isNotEqualTo(StoreHealth.State.CONNECTED);
    }

    private void awaitConnected() {
        Await.until("Redis to be asked again", () -> {
            strangers++;
            limiter.tryAcquire("stranger " + strangers);
            return store.health().state() == StoreHealth.State.CONNECTED ? Optional.of(true) : Optional.empty();
        });
    }

    private long admitted(String key, int requests) {
        return admitted(limiter, key, requests);
    }

    private static long admitted(RateLimiter limiter, String key, int requests) {
        return IntStream.range(0, requests)
                .filter(number -> limiter.tryAcquire(key).allowed())
                .count();
    }
}
