package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.resilience.ResilientStore;
import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.limiter.store.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real master, a replica, and a Sentinel that makes the one of the other. Threads do not share it. */
final class SentinelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private InstalledRedis master;
    private InstalledRedis replica;
    private InstalledRedis sentinel;
    private ResilientStore store;
    private RateLimiter limiter;
    private int strangers;

    @BeforeEach
    void start() throws IOException {
        InstalledRedis.require();
        master = opened(InstalledRedis.start(directory, "--requirepass", "secret", "--masterauth", "secret"));
        replica = opened(InstalledRedis.start(
                directory,
                "--replicaof",
                "127.0.0.1 " + master.port(),
                "--requirepass",
                "secret",
                "--masterauth",
                "secret",
                "--repl-diskless-sync-delay",
                "0"));
        sentinel = opened(InstalledRedis.startSentinel(
                directory,
                "sentinel monitor limits 127.0.0.1 " + master.port() + " 1",
                "sentinel auth-pass limits secret",
                "sentinel down-after-milliseconds limits 500",
                "sentinel failover-timeout limits 3000"));
        Await.until("a Sentinel that knows the replica", () -> {
            String known = sentinel.ask("SENTINEL REPLICAS limits");
            return known.contains("127.0.0.1:" + replica.port()) && known.contains("master-link-status\r\n$2\r\nok")
                    ? Optional.of(known)
                    : Optional.empty();
        });
        RedisStore redis = RedisStore.builder(
                        "redis-sentinel://:secret@127.0.0.1:" + sentinel.port() + "/0?master=limits")
                .deadline(Duration.ofSeconds(1))
                .build();
        assertThat(redis.tryPrepare(PATIENCE)).isTrue();
        store = opened(ResilientStore.around(redis)
                .standIn(MemoryStore.builder().build())
                .build());
        limiter = RateLimiter.builder()
                .name("login")
                .limits(Limit.parse("10/hour"))
                .store(store)
                .build();
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable last : opened) {
            last.close();
        }
    }

    @Test
    void asksTheMasterOfWhomSentinelTells() {
        assertThat(admitted("alice", 20)).isEqualTo(10);

        assertThat(store.health().decidedAlone()).isZero();
        assertThat(askSecretly(master, "DBSIZE")).endsWith(":1\r\n");
    }

    @Test
    void goesOnWithTheReplicaThatBecameMasterWhenTheOldOneCrashed() {
        assertThat(admitted("alice", 4)).isEqualTo(4);
        awaitReplicated();

        master.kill();

        assertThat(admitted("alice", 20)).isEqualTo(6);
        awaitConnected();
        assertThat(admitted("alice", 20)).isZero();
        assertThat(askSecretly(replica, "ROLE")).contains("master");
    }

    @Test
    void leavesAMasterThatHangsForTheOneThatTookItsPlace() {
        assertThat(admitted("alice", 4)).isEqualTo(4);
        awaitReplicated();

        master.signal("STOP");

        assertThat(admitted("alice", 20)).isEqualTo(6);
        awaitConnected();
        assertThat(admitted("alice", 20)).isZero();
        assertThat(askSecretly(replica, "ROLE")).contains("master");
    }

    private void awaitReplicated() {
        Await.until(
                "the replica to have the key",
                () -> askSecretly(replica, "DBSIZE").endsWith(":1\r\n") ? Optional.of(true) : Optional.empty());
    }

    private void awaitConnected() {
        Await.until("Redis to be asked again", () -> {
            strangers++;
            limiter.tryAcquire("stranger " + strangers);
            return store.health().state() == StoreHealth.State.CONNECTED ? Optional.of(true) : Optional.empty();
        });
    }

    private static String askSecretly(InstalledRedis redis, String command) {
        return redis.ask("AUTH secret\r\n" + command);
    }

    private long admitted(String key, int requests) {
        return IntStream.range(0, requests)
                .filter(number -> limiter.tryAcquire(key).allowed())
                .count();
    }
}
