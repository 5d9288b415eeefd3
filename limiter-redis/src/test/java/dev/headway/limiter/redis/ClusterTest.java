package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.resilience.ResilientStore;
import dev.headway.limiter.store.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits in a real cluster of three masters: each key is counted by one of them, also when its slot moves and when a master is lost. */
final class ClusterTest {

    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final List<InstalledRedis> nodes = new ArrayList<>();

    @BeforeEach
    void start() {
        InstalledRedis.require();
        for (int node = 0; node < 3; node++) {
            nodes.add(InstalledRedis.start(
                    directory,
                    "--cluster-enabled",
                    "yes",
                    "--cluster-config-file",
                    "nodes-" + node + ".conf",
                    "--cluster-require-full-coverage",
                    "no",
                    "--cluster-node-timeout",
                    "1000"));
        }
        join();
    }

    private void join() {
        for (int node = 0; node < 3; node++) {
            int first = node * SLOTS / 3;
            int last = (node + 1) * SLOTS / 3 - 1;
            assertThat(nodes.get(node).ask("CLUSTER ADDSLOTSRANGE " + first + " " + last))
                    .isEqualTo("+OK\r\n");
            assertThat(nodes.get(node)
                            .ask("CLUSTER MEET 127.0.0.1 " + nodes.get(0).port()))
                    .isEqualTo("+OK\r\n");
        }
        for (InstalledRedis node : nodes) {
            Await.until("a node that knows all slots", () -> {
                String info = node.ask("CLUSTER INFO");
                return info.contains("cluster_state:ok") && info.contains("cluster_slots_assigned:" + SLOTS)
                        ? Optional.of(info)
                        : Optional.empty();
            });
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(InstalledRedis::close);
    }

    @Test
    void countsEachKeyOnceWhicheverNodeKeepsIt() {
        try (RedisStore one = store(nodes.get(0));
                RedisStore other = store(nodes.get(2))) {
            for (int key = 0; key < 30; key++) {
                String name = "client " + key;

                assertThat(admitted(limiter(one), name, 4) + admitted(limiter(other), name, 20))
                        .as(name)
                        .isEqualTo(10);
            }
        }

        for (InstalledRedis node : nodes) {
            assertThat(node.ask("DBSIZE")).isNotEqualTo(":0\r\n");
        }
    }

    @Test
    void bringsTheScriptToNodesThatForgotIt() {
        try (RedisStore store = store(nodes.get(0))) {
            RateLimiter limiter = limiter(store);
            admitted(limiter, "alice", 4);

            nodes.forEach(node -> assertThat(node.ask("SCRIPT FLUSH")).isEqualTo("+OK\r\n"));

            assertThat(admitted(limiter, "alice", 20)).isEqualTo(6);
        }
    }

    @Test
    void followsASlotThatMoves() {
        try (RedisStore store = store(nodes.get(0))) {
            RateLimiter limiter = limiter(store);
            int slot = slotOf("alice");
            int owner = slot * 3 / SLOTS;
            assertThat(admitted(limiter, "bob", 1)).isEqualTo(1);
            String heir = nodes.get((owner + 1) % 3)
                    .ask("CLUSTER MYID")
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow();

            // An empty slot may simply be given away; every node is told, as redis-cli does.
            for (InstalledRedis node : nodes) {
                node.ask("CLUSTER SETSLOT " + slot + " NODE " + heir);
            }

            assertThat(admitted(limiter, "alice", 20)).isEqualTo(10);
            assertThat(nodes.get((owner + 1) % 3).ask("CLUSTER COUNTKEYSINSLOT " + slot))
                    .isEqualTo(":1\r\n");
        }
    }

    @Test
    void goesOnAloneForTheKeysOfALostMasterAndSharesTheOthers() {
        RedisStore redis = RedisStore.builder(uri(nodes.get(0)))
                .deadline(Duration.ofSeconds(1))
                .build();
        assertThat(redis.tryPrepare(PATIENCE)).isTrue();
        try (ResilientStore store = ResilientStore.around(redis)
                .standIn(MemoryStore.builder().build())
                .build()) {
            RateLimiter limiter = limiter(store);
            List<String> keys =
                    IntStream.range(0, 12).mapToObj(key -> "client " + key).toList();
            keys.forEach(key -> assertThat(admitted(limiter, key, 4)).isEqualTo(4));

            nodes.get(1).kill();

            keys.forEach(key -> assertThat(admitted(limiter, key, 20)).as(key).isEqualTo(6));
        }
    }

    private int slotOf(String key) {
        String answer = nodes.get(0).ask("CLUSTER KEYSLOT " + key);
        return Integer.parseInt(answer.substring(1).strip());
    }

    private RedisStore store(InstalledRedis seed) {
        RedisStore store = RedisStore.builder(uri(seed)).deadline(PATIENCE).build();
        assertThat(store.tryPrepare(PATIENCE)).isTrue();
        return store;
    }

    private static String uri(InstalledRedis... seeds) {
        return "redis-cluster://"
                + List.of(seeds).stream()
                        .map(seed -> "127.0.0.1:" + seed.port())
                        .collect(Collectors.joining(","));
    }

    private static RateLimiter limiter(LimitStore store) {
        return RateLimiter.builder()
                .name("login")
                .limits(Limit.parse("10/hour"))
                .store(store)
                .build();
    }

    private static long admitted(RateLimiter limiter, String key, int requests) {
        return IntStream.range(0, requests)
                .filter(number -> limiter.tryAcquire(key).allowed())
                .count();
    }
}
