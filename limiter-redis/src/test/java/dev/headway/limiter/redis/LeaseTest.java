package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualScheduler;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Claims about servers that take permits ahead. */
final class LeaseTest {
    private static final String KEY = "hw1.2{alice}login";

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler scheduler = new ManualScheduler(ticker);

    @Test
    void aKeyThatIsAskedForAgainAndAgainSeldomCostsAQuestion() {
        RateLimiter limiter = limiter(store(16, 2), "1000/minute");
        redis.commands().configResetstat();

        assertThat(IntStream.range(0, 200)
                        .filter(i -> limiter.tryAcquire("alice").allowed()))
                .hasSize(200);

        assertThat(questions()).isBetween(10L, 20L);
    }

    @Test
    void tellsWhatWasDoneWithPermitsTakenAhead() {
        RedisStore store = store(8, 2);
        RateLimiter limiter = limiter(store, "100/minute");
        assertThat(store.leases()).contains(new LeaseStatistics(0, 0, 0, 0));

        take(limiter, 4);
        LeaseStatistics busy = store.leases().orElseThrow();
        scheduler.advance(Duration.ofSeconds(1));
        awaitHeld(4);

        assertThat(busy.keys()).isEqualTo(1);
        assertThat(busy.admitted()).isBetween(1L, 3L);
        assertThat(busy.taken()).isGreaterThanOrEqualTo(busy.admitted());
        assertThat(busy.returned()).isZero();
        LeaseStatistics quiet = new LeaseStatistics(0, busy.admitted(), busy.taken(), busy.taken() - busy.admitted());
        Await.until("what was not used is given back", () -> store.leases().filter(quiet::equals));
    }

    @Test
    void tellsNothingOfPermitsTakenAheadWhereThatIsNotDone() {
        try (RedisStore store = RedisStore.builder("redis://127.0.0.1:1").build()) {
            assertThat(store.leases()).isEmpty();
        }
    }

    @Test
    void aKeyThatIsAskedForNowAndThenIsNotTakenAhead() {
        RateLimiter limiter = limiter(store(10, 2), "100/minute");

        for (int request = 1; request <= 5; request++) {
            limiter.tryAcquire("alice");
            assertThat(held()).isEqualTo(request);
            scheduler.advance(Duration.ofMillis(1001));
        }
    }

    @Test
    void leavesEveryOtherServerItsShare() {
        RateLimiter here = limiter(store(100, 4), "40/minute");
        here.tryAcquire("alice");
        here.tryAcquire("alice");
        here.tryAcquire("alice");
        here.tryAcquire("alice");
        here.tryAcquire("alice");

        assertThat(held()).isLessThanOrEqualTo(5 + (40 - 3) / 4);
        assertThat(limiter(store(100, 4), "40/minute").tryAcquire("alice", 25).allowed())
                .isTrue();
    }

    @Test
    void takesHalfOfWhatRemainsAtMostWhenItIsToldOfOneServer() {
        RateLimiter here = limiter(store(100, 1), "10/minute");
        here.tryAcquire("alice");
        here.tryAcquire("alice");
        here.tryAcquire("alice");
        here.tryAcquire("alice");

        assertThat(held()).isLessThanOrEqualTo(3 + (10 - 3) / 2);
    }

    @Test
    void givesBackWhatItHasNotGivenOutWhenThatGrowsOld() {
        RateLimiter limiter = limiter(store(8, 2), "100/minute");
        take(limiter, 4);
        assertThat(held()).isGreaterThan(4);

        scheduler.advance(Duration.ofSeconds(1));

        awaitHeld(4);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void givesBackWhatItHasNotGivenOutWhenItIsClosed() {
        RedisStore store = store(8, 2);
        take(limiter(store, "100/minute"), 4);

        store.close();

        assertThat(held()).isEqualTo(4);
    }

    @Test
    void givesOutNothingThatIsOld() {
        RateLimiter limiter = limiter(store(8, 2), "100/minute");
        take(limiter, 4);
        long held = held();
        ticker.advance(Duration.ofSeconds(1));

        limiter.tryAcquire("alice");

        awaitHeld(5);
        assertThat(held).isGreaterThan(4);
    }

    @Test
    void aPermitReturnsLaterByTheLengthOfALease() {
        RateLimiter limiter = limiter(store(8, 2), "10/minute");
        assertThat(limiter.tryAcquire("alice", 10).allowed()).isTrue();

        assertThat(limiter.tryAcquire("alice"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(61)));
        assertThat(Leasing.length(Limit.parseAll("5/second; 10/minute"))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void tellsWhatRemainsWithWhatIsHeldHere() {
        RateLimiter limiter = limiter(store(8, 2), "100/minute");

        for (int request = 1; request <= 20; request++) {
            assertThat(limiter.tryAcquire("alice").usages().get(0).remaining()).isEqualTo(100 - request);
        }
        assertThat(limiter.peek("alice", 1).allowed()).isTrue();
    }

    @Test
    void aRefundGivesBackAPermitThatWasGivenOutHere() {
        RateLimiter limiter = limiter(store(8, 2), "100/minute");
        List<Decision> decisions = take(limiter, 4);

        assertThat(((Decision.Allowed) decisions.get(3)).refund()).isTrue();
        scheduler.advance(Duration.ofSeconds(1));

        awaitHeld(3);
    }

    @Test
    void aResetForgetsWhatIsHeldHereToo() {
        RateLimiter limiter = limiter(store(8, 2), "20/minute");
        take(limiter, 12);

        limiter.reset("alice");

        assertThat(held()).isZero();
        assertThat(limiter.tryAcquire("alice", 20).allowed()).isTrue();
        assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
    }

    @Test
    void givesOutUnderOtherLimitsOnlyWhatWasTakenUnderThem() {
        RateLimiter limiter = limiter(store(8, 2), "100/minute");
        take(limiter, 12);
        RateLimiter strict = limiter.withLimits(Limit.parseAll("12/minute"));

        assertThat(strict.tryAcquire("alice").allowed()).isFalse();
    }

    @Test
    void manyRequestsAtOnceAskOnceAndThenShareWhatCame() {
        RateLimiter limiter = limiter(store(64, 2), "100/minute");
        take(limiter, 7);
        redis.commands().configResetstat();

        List<CompletableFuture<Decision>> asked = IntStream.range(0, 50)
                .mapToObj(i -> limiter.tryAcquireAsync(Key.of("alice"), 1).toCompletableFuture())
                .toList();

        assertThat(asked.stream().map(CompletableFuture::join)).allMatch(Decision::allowed);
        assertThat(held()).isBetween(57L, 100L);
    }

    @Test
    void whoWaitsForAnAnswerThatDoesNotComeFailsWithIt() {
        RedisStore store = redis.store(RedisStore.builder(RealRedis.uri(RealRedis.freePort()))
                .lease(8, 2)
                .ticker(ticker)
                .leaseScheduler(scheduler));
        RateLimiter limiter = limiter(store, "100/minute");

        Stream<CompletableFuture<Decision>> asked = IntStream.range(0, 5)
                .mapToObj(i -> limiter.tryAcquireAsync(Key.of("alice"), 1).toCompletableFuture());

        assertThat(asked.toList())
                .allSatisfy(decision -> assertThatThrownBy(decision::join).hasCauseInstanceOf(StoreUnavailable.class));
    }

    @Test
    void asksEachTimeByOtherAlgorithms() {
        RateLimiter limiter = RateLimiter.builder()
                .name("login")
                .limits(Limit.parse("100/minute"))
                .algorithm(Algorithm.FIXED_WINDOW)
                .store(store(8, 2))
                .build();
        redis.commands().configResetstat();

        take(limiter, 10);

        assertThat(questions()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void joinsKeysOfWhichPermitsAreTakenAhead() {
        RateLimiter limiter = limiter(store(8, 2), "20/minute");
        take(limiter, 3);

        assertThat(RateLimiter.tryAcquireAll(List.of(limiter.claim("alice", 5), limiter.claim("bob", 20)))
                        .allowed())
                .isTrue();
        assertThat(limiter.tryAcquire("bob").allowed()).isFalse();
    }

    @Test
    void refusesALeaseOfNothing() {
        assertThatThrownBy(() -> RedisStore.builder("redis://localhost").lease(1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a lease of 1 permits among 2 servers; at least 2 permits and 1 server are accepted");
    }

    private RedisStore store(int permits, int servers) {
        return redis.store(redis.server()
                .patientStore()
                .ticker(ticker)
                .lease(permits, servers)
                .leaseScheduler(scheduler));
    }

    private static RateLimiter limiter(RedisStore store, String limits) {
        return RateLimiter.builder()
                .name("login")
                .limits(Limit.parseAll(limits))
                .store(store)
                .build();
    }

    private static List<Decision> take(RateLimiter limiter, int times) {
        List<Decision> decisions = new ArrayList<>();
        for (int request = 0; request < times; request++) {
            decisions.add(limiter.tryAcquire("alice"));
        }
        assertThat(decisions).allMatch(Decision::allowed);
        return decisions;
    }

    /** How many permits count in Redis. */
    private static long held() {
        return redis.commands().strlen(KEY) / 4;
    }

    private static void awaitHeld(long permits) {
        boolean unused = Await.until(
                permits + " permits held, not " + held(),
                () -> Optional.of(held() == permits).filter(is -> is));
    }

    /** How often a script was run since the counters were set to zero. */
    private static long questions() {
        return redis.commands()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_evalsha:calls=(\\d+),.*", "$1")))
                .sum();
    }
}
