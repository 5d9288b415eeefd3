package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.redis.StoreUnavailable.Reason;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that come while others are under way travel together, and none of them notices. */
final class TakeQueueTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    // More than are sent at once, each by itself, before the others wait; on a machine that is not busy those are two.
    private static final int AHEAD = 20;

    private RealRedis redis;
    private RedisCommands<String, String> commands;
    private RedisStore store;
    private LimitSpace login;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        commands = redis.commands();
        store = redis.patientStore().build();
        login = login(store);
        learnTheWay(login);
        commands.configResetstat();
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    @Test
    void sendsInOneCommandWhoWaits() {
        List<CompletableFuture<Decision>> decisions =
                askWhilePaused(IntStream.range(0, 64).mapToObj(number -> "client-" + number));

        assertThat(decisions).allMatch(decision -> decision.join().allowed());
        assertThat(commandsSent()).isLessThanOrEqualTo(AHEAD + 1);
    }

    @Test
    void answersEachOfThoseWhoTravelTogether() {
        List<CompletableFuture<Decision>> decisions = askWhilePaused(
                IntStream.range(0, 14).boxed().flatMap(number -> Stream.of("alice", "client-" + number)));

        List<Decision> ofAlice = IntStream.range(0, 14)
                .mapToObj(number -> decisions.get(2 * number).join())
                .toList();
        assertThat(ofAlice)
                .extracting(decision ->
                        decision.allowed() ? decision.usages().get(0).remaining() : -1)
                .containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L, -1L, -1L, -1L, -1L);
        assertThat(IntStream.range(0, 14).mapToObj(number -> decisions.get(2 * number + 1)))
                .allMatch(decision -> decision.join().usages().get(0).remaining() == 9);
    }

    @Test
    void takesOfEachAsManyPermitsAsItIsAskedFor() {
        redis.say("CLIENT PAUSE 60000 WRITE");
        List<CompletableFuture<Decision>> decisions = IntStream.rangeClosed(1, 9)
                .mapToObj(permits -> ask(login, "client-" + permits, permits))
                .toList();
        redis.say("CLIENT UNPAUSE");

        for (int permits = 1; permits <= 9; permits++) {
            assertThat(decisions.get(permits - 1).join().usages().get(0).remaining())
                    .isEqualTo(10 - permits);
        }
    }

    @Test
    void keepsTheFaultOfOneFromTheOthers() {
        commands.lpush("hw1.2{bob}login", "stranger");
        commands.lpush("hw1.2{dave}login", "stranger");

        List<CompletableFuture<Decision>> decisions =
                askWhilePaused(Stream.of("alice", "bob", "carol", "dave", "erin"));

        assertThat(decisions.get(0).join().allowed()).isTrue();
        assertThat(decisions.get(2).join().allowed()).isTrue();
        assertThat(decisions.get(4).join().allowed()).isTrue();
        assertThat(troubleOf(decisions.get(1)))
                .hasMessageContaining("WRONGTYPE")
                .hasMessageEndingWith("wrong kind of value; nothing was spent");
        assertThat(troubleOf(decisions.get(3)).reason()).isEqualTo(Reason.SERVER_ERROR);
    }

    @Test
    void keepsTheFaultOfOneFromTheOthersAlsoUnderOtherLimits() {
        LimitSpace files =
                store.open(new Terms("files", Algorithm.SLIDING_WINDOW, Limit.parseAll("100/hour; 5/second")));
        learnTheWay(files);
        commands.lpush("hw1.2{bob}files", "stranger");
        commands.set("hw1.2{dave}files", "stranger!");

        List<CompletableFuture<Decision>> decisions =
                askWhilePaused(files, Stream.of("alice", "bob", "carol", "dave", "erin"));

        assertThat(Stream.of(0, 2, 4).map(decisions::get))
                .allMatch(decision -> decision.join().allowed());
        assertThat(troubleOf(decisions.get(1)))
                .hasMessageContaining("WRONGTYPE")
                .hasMessageEndingWith("nothing was spent");
        assertThat(troubleOf(decisions.get(3))).hasMessageContaining("NOTALOG 9 bytes");
    }

    @Test
    void refusesWhoHasSpentAllThoughNothingCanBeWrittenForOthers() {
        login.tryAcquire("alice", 10);
        commands.configSet("maxmemory", "1");

        List<CompletableFuture<Decision>> decisions = askWhilePaused(Stream.of("bob", "alice", "carol"));

        assertThat(decisions.get(1).join()).isInstanceOf(Decision.Refused.class);
        assertThat(troubleOf(decisions.get(0))).hasMessageContaining("OOM").hasMessageEndingWith("nothing was spent");
        assertThat(troubleOf(decisions.get(2)).mayHaveSpent()).isFalse();
    }

    @Test
    void leavesToTheLongScriptWhomItConcerns() {
        login.tryAcquire("alice", 10);
        login.reserve(Key.of("alice"), 1, Duration.ofHours(2).toNanos());

        List<CompletableFuture<Decision>> decisions = askWhilePaused(Stream.of("alice", "bob"));

        assertThat(decisions.get(0).join()).isInstanceOf(Decision.Refused.class);
        assertThat(decisions.get(1).join().allowed()).isTrue();
    }

    @Test
    void saysThatNothingWasSentOfThoseWhoWaitedBehindTheSilence() {
        try (RedisStore hasty = RedisStore.builder(redis.uri()).deadline(SHORT).build()) {
            LimitSpace hurried = login(hasty);
            Await.until("a connection within the short deadline", () -> find(hurried, "warm-up"));
            learnTheWay(hurried);
            redis.say("CLIENT PAUSE 60000 WRITE");
            List<CompletableFuture<Decision>> decisions = Stream.concat(ahead(), Stream.of("alice", "alice"))
                    .map(client -> ask(hurried, client, 1))
                    .toList();

            List<StoreUnavailable> troubles =
                    decisions.stream().map(TakeQueueTest::troubleOf).toList();
            redis.say("CLIENT UNPAUSE");

            assertThat(troubles.get(0).mayHaveSpent()).isTrue();
            assertThat(troubles.get(AHEAD).mayHaveSpent()).isFalse();
            assertThat(troubles.get(AHEAD)).hasMessageStartingWith("no turn at Redis at 127.0.0.1:");
            assertThat(login.tryAcquire("ahead-0", 1).usages().get(0).remaining())
                    .isEqualTo(8);
            assertThat(login.tryAcquire("alice", 1).usages().get(0).remaining()).isEqualTo(9);
        }
    }

    @Test
    void sendsAgainOnceASilentConnectionWasGivenUp() {
        try (RedisStore hasty = RedisStore.builder(redis.uri()).deadline(SHORT).build()) {
            LimitSpace hurried = login(hasty);
            Await.until("a connection within the short deadline", () -> find(hurried, "warm-up"));
            redis.signal("STOP");
            List<CompletableFuture<Decision>> stuck = Stream.of("first", "second", "third")
                    .map(client -> ask(hurried, client, 1))
                    .toList();

            assertThat(stuck).allMatch(decision -> troubleOf(decision).reason() != Reason.SERVER_ERROR);
            Await.until(
                    "a connection that is given up",
                    () -> findTrouble(hurried)
                            .filter(trouble ->
                                    String.valueOf(trouble.getMessage()).startsWith("no connection")));
            redis.signal("CONT");

            assertThat(Await.until("a decision over another connection", () -> find(hurried, "alice"))
                            .allowed())
                    .isTrue();
        }
    }

    private static Stream<String> ahead() {
        return IntStream.range(0, AHEAD).mapToObj(number -> "ahead-" + number);
    }

    private long commandsSent() {
        Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+),").matcher(commands.info("commandstats"));
        assertThat(calls.find()).isTrue();
        return Long.parseLong(calls.group(1));
    }

    /** Asks until it is known how short the way to Redis is. */
    private static void learnTheWay(LimitSpace space) {
        for (int number = 0; number < 300; number++) {
            Optional<Decision> unused = find(space, "warm-up");
        }
    }

    private List<CompletableFuture<Decision>> askWhilePaused(Stream<String> clients) {
        return askWhilePaused(login, clients);
    }

    /** Lets others go ahead, and clients behind them; returns what those are answered. */
    private List<CompletableFuture<Decision>> askWhilePaused(LimitSpace space, Stream<String> clients) {
        redis.say("CLIENT PAUSE 60000 WRITE");
        ahead().forEach(client -> {
            CompletableFuture<Decision> unused = ask(space, client, 1);
        });
        List<CompletableFuture<Decision>> decisions =
                clients.map(client -> ask(space, client, 1)).toList();
        redis.say("CLIENT UNPAUSE");
        return decisions;
    }

    private static CompletableFuture<Decision> ask(LimitSpace space, String client, int permits) {
        return space.tryAcquireAsync(Key.of(client), permits).toCompletableFuture();
    }

    private static LimitSpace login(RedisStore store) {
        return store.open(new Terms("login", Algorithm.SLIDING_WINDOW, Limit.parseAll("10/hour")));
    }

    private static StoreUnavailable troubleOf(CompletableFuture<Decision> decision) {
        return (StoreUnavailable)
                decision.handle((made, failure) -> Call.cause(failure)).join();
    }

    private static Optional<Decision> find(LimitSpace space, String key) {
        try {
            return Optional.of(space.tryAcquire(key, 1));
        } catch (StoreUnavailable notYet) {
            return Optional.empty();
        }
    }

    private static Optional<StoreUnavailable> findTrouble(LimitSpace space) {
        try {
            space.tryAcquire("somebody", 1);
            return Optional.empty();
        } catch (StoreUnavailable trouble) {
            return Optional.of(trouble);
        }
    }
}
