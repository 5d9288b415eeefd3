package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreFailurePolicy;
import dev.headway.limiter.Terms;
import dev.headway.limiter.redis.StoreUnavailable.Reason;
import dev.headway.limiter.testing.ManualTicker;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller learns when Redis is away, silent, busy, restarted or not what it should be; and that nothing is sent twice. */
final class RedisTroubleTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private RealRedis redis;
    private RedisCommands<String, String> commands;

    @BeforeEach
    void startRedis() {
        redis = RealRedis.start();
        commands = redis.commands();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void saysThatNothingWasSentWhereNoRedisListens() {
        int port = RealRedis.freePort();
        try (RedisStore store = RedisStore.builder(RealRedis.uri(port)).build()) {
            StoreUnavailable trouble = troubleOf(limiter(store));

            assertThat(trouble.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(trouble.mayHaveSpent()).isFalse();
            assertThat(trouble).hasMessageStartingWith("no connection to Redis at 127.0.0.1:" + port);
        }
    }

    @Test
    void cannotPrepareWhereNoRedisListensOrItNeverGreets() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RedisStore waiting =
                        RedisStore.builder(RealRedis.uri(silent.getLocalPort())).build();
                RedisStore refused =
                        RedisStore.builder(RealRedis.uri(RealRedis.freePort())).build()) {
            assertThat(waiting.tryPrepare(SHORT)).isFalse();
            assertThat(refused.tryPrepare(Duration.ofSeconds(20))).isFalse();
        }
    }

    @Test
    void givesUpAtTheDeadlineOnAServerThatNeverGreets() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RedisStore store = RedisStore.builder(RealRedis.uri(silent.getLocalPort()))
                        .deadline(SHORT)
                        .build()) {
            StoreUnavailable trouble = troubleOf(limiter(store));

            assertThat(trouble.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(trouble)
                    .hasMessage("no connection to Redis at 127.0.0.1:" + silent.getLocalPort()
                            + " within 100 ms; nothing was sent");
        }
    }

    @Test
    void triesANewConnectionWhenTheServerNeverGreetedOnTheOld() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RedisStore store = RedisStore.builder(RealRedis.uri(silent.getLocalPort()))
                        .deadline(SHORT)
                        .build()) {
            silent.setSoTimeout(1);
            LimitSpace limiter = limiter(store);
            List<Socket> connections = new ArrayList<>();

            Await.until("a second connection", () -> {
                assertThat(findTrouble(limiter)).isPresent();
                accept(silent).ifPresent(connections::add);
                return connections.size() == 2 ? Optional.of(connections) : Optional.empty();
            });

            for (Socket connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void saysThatPermitsMayBeSpentWhenTheReplyIsLateAndSendsNothingAgain() {
        try (RedisStore patient = redis.patientStore().build();
                RedisStore hasty =
                        RedisStore.builder(redis.uri()).deadline(SHORT).build()) {
            Await.until("a connection within the short deadline", () -> decisionOn(limiter(hasty), "warm-up"));
            redis.say("CLIENT PAUSE 60000 WRITE");

            StoreUnavailable trouble = troubleOf(limiter(hasty));
            redis.say("CLIENT UNPAUSE");

            assertThat(trouble.reason()).isEqualTo(Reason.NO_REPLY);
            assertThat(trouble.mayHaveSpent()).isTrue();
            // The late request and this one.
            assertThat(limiter(patient).tryAcquire("alice", 1).usages().get(0).remaining())
                    .isEqualTo(8);
        }
    }

    @Test
    void endsWaitingRequestsWhenTheConnectionBreaksAndConnectsAgainForTheNext() {
        try (RedisStore store = redis.patientStore().build()) {
            LimitSpace limiter = limiter(store);
            limiter.tryAcquire("alice", 1);
            redis.say("CLIENT PAUSE 60000 WRITE");
            CompletableFuture<?> waiting =
                    limiter.tryAcquireAsync(Key.of("alice"), 1).toCompletableFuture();

            redis.restartEmpty();

            CompletionException end = catchThrowableOfType(CompletionException.class, waiting::join);
            assertThat(end.getCause())
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            trouble -> assertThat(trouble.reason()).isEqualTo(Reason.NO_REPLY));
            assertThat(limiter.tryAcquire("alice", 1).usages().get(0).remaining())
                    .isEqualTo(9);
        }
    }

    @Test
    void leavesItToTheLimitersPolicyWhatAnAbsentRedisMeans() {
        redis.stop();
        try (RedisStore store = redis.patientStore().build()) {
            RateLimiter limiter = RateLimiter.builder()
                    .name("login")
                    .limits(Limit.parse("10/hour"))
                    .store(store)
                    .onStoreFailure(StoreFailurePolicy.REFUSE)
                    .build();

            assertThat(limiter.tryAcquire("alice")).isInstanceOfSatisfying(Decision.StoreUnknown.class, unknown -> {
                assertThat(unknown.allowed()).isFalse();
                assertThat(unknown.failure().mayHaveSpent()).isFalse();
                assertThat(unknown.failure()).isInstanceOf(StoreUnavailable.class);
            });
        }
    }

    @Test
    void connectsByItselfOnceRedisIsThere() {
        redis.stop();
        try (RedisStore store = redis.patientStore().build()) {
            LimitSpace limiter = limiter(store);
            assertThat(troubleOf(limiter).reason()).isEqualTo(Reason.UNREACHABLE);

            redis.restartEmpty();

            assertThat(limiter.tryAcquire("alice", 1).allowed()).isTrue();
        }
    }

    @Test
    void bringsTheScriptAgainAfterItWasFlushed() {
        try (RedisStore store = redis.patientStore().build()) {
            LimitSpace limiter = limiter(store);
            limiter.tryAcquire("alice", 1);

            commands.scriptFlush();

            assertThat(limiter.tryAcquire("alice", 1).usages().get(0).remaining())
                    .isEqualTo(8);
        }
    }

    @Test
    void saysThatTheServerIsBusyWithAnotherScriptAndGoesOnWhenThatWasKilled() throws Exception {
        commands.configSet("lua-time-limit", "20");
        try (RedisStore store = redis.patientStore().build()) {
            LimitSpace limiter = limiter(store);
            limiter.tryAcquire("alice", 1);
            CompletableFuture<?> endless = CompletableFuture.runAsync(
                    () -> redis.commands().eval("while true do end", ScriptOutputType.STATUS));

            StoreUnavailable trouble = Await.until("a busy server", () -> findTrouble(limiter));
            commands.scriptKill();
            assertThatThrownBy(() -> endless.get(60, TimeUnit.SECONDS)).hasMessageContaining("killed");

            assertThat(trouble.reason()).isEqualTo(Reason.SERVER_ERROR);
            assertThat(trouble).hasMessageContaining("BUSY").hasMessageEndingWith("nothing was spent");
            assertThat(limiter.tryAcquire("alice", 1).allowed()).isTrue();
        }
    }

    @Test
    void saysThatTheKeyHoldsSomethingElse() {
        try (RedisStore store = redis.patientStore().build()) {
            commands.lpush("hw1.2{alice}login", "stranger");

            StoreUnavailable trouble = troubleOf(limiter(store));

            assertThat(trouble.reason()).isEqualTo(Reason.SERVER_ERROR);
            assertThat(trouble).hasMessageContaining("WRONGTYPE");
            assertThat(commands.lrange("hw1.2{alice}login", 0, -1)).containsExactly("stranger");
        }
    }

    @Test
    void saysThatTheValueIsNoLog() {
        try (RedisStore store = redis.patientStore().build()) {
            commands.set("hw1.2{alice}login", "stranger!");

            assertThat(troubleOf(limiter(store)))
                    .hasMessageContaining("NOTALOG 9 bytes are no sequence of 4-byte stamps");
        }
    }

    @Test
    void saysThatTheServerIsFullOrAReplica() {
        try (RedisStore store = redis.patientStore().build()) {
            commands.configSet("maxmemory", "1");
            assertThat(troubleOf(limiter(store)).reason()).isEqualTo(Reason.SERVER_ERROR);
            commands.configSet("maxmemory", "0");

            commands.replicaof("127.0.0.1", RealRedis.freePort());
            commands.configSet("replica-serve-stale-data", "yes");
            StoreUnavailable trouble = troubleOf(limiter(store));

            assertThat(trouble.reason()).isEqualTo(Reason.SERVER_ERROR);
            assertThat(trouble).hasMessageContaining("READONLY");
        }
    }

    @Test
    void saysThatTheClockIsMoreThanAWindowBehind() {
        ManualTicker ticker = new ManualTicker();
        try (RedisStore store = redis.patientStore().ticker(ticker).build()) {
            LimitSpace limiter = limiter(store);
            limiter.tryAcquire("alice", 1);

            ticker.advance(Duration.ofMinutes(-61));

            StoreUnavailable trouble = troubleOf(limiter);
            assertThat(trouble.reason()).isEqualTo(Reason.CLOCK_BEHIND);
            assertThat(trouble).hasMessageContaining("3660000 ms ahead of the clock");
        }
    }

    @Test
    void keepsThePasswordOutOfMessages() {
        int port = RealRedis.freePort();
        try (RedisStore store =
                RedisStore.builder("redis://me:secret@127.0.0.1:" + port).build()) {
            assertThat(troubleOf(limiter(store))).hasMessageNotContaining("secret");
        }
    }

    @Test
    void saysThatAClosedStoreIsClosed() {
        RedisStore store = redis.patientStore().build();
        LimitSpace limiter = limiter(store);
        store.close();

        assertThat(catchThrowableOfType(IllegalStateException.class, () -> limiter.tryAcquire("alice", 1)))
                .hasMessageContaining("is closed");
    }

    private static LimitSpace limiter(RedisStore store) {
        return store.open(new Terms("login", Algorithm.SLIDING_WINDOW, Limit.parseAll("10/hour")));
    }

    private static Optional<Decision> decisionOn(LimitSpace limiter, String key) {
        try {
            return Optional.of(limiter.tryAcquire(key, 1));
        } catch (StoreUnavailable e) {
            return Optional.empty();
        }
    }

    private static Optional<StoreUnavailable> findTrouble(LimitSpace limiter) {
        try {
            limiter.tryAcquire("somebody", 1);
            return Optional.empty();
        } catch (StoreUnavailable e) {
            return Optional.of(e);
        }
    }

    private static Optional<Socket> accept(ServerSocket server) {
        try {
            return Optional.of(server.accept());
        } catch (IOException nobodyCame) {
            return Optional.empty();
        }
    }

    private static StoreUnavailable troubleOf(LimitSpace limiter) {
        return catchThrowableOfType(StoreUnavailable.class, () -> limiter.tryAcquire("alice", 1));
    }
}
