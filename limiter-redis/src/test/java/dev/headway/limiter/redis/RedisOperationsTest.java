package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.ConcurrencyLimiter;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Penalty;
import dev.headway.limiter.Permit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.Usage;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be done with a shared limit besides taking permits. */
final class RedisOperationsTest {

    private static final String KEY = "hw1.2{alice}login";

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();
    private RedisStore store;

    @BeforeEach
    void openStore() {
        store = redis.store(ticker);
    }

    @Test
    void peekingTellsWhatARequestWouldGetAndTakesNothing() {
        RateLimiter limiter = limiter("2/minute").build();
        limiter.tryAcquire("alice");

        assertThat(limiter.peek("alice", 1)).isInstanceOf(Decision.Allowed.class);
        assertThat(limiter.peek("alice", 2)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1));
            assertThat(refused.usages()).extracting(Usage::remaining).containsExactly(1L);
        });
        assertThat(limiter.peek("alice", 3)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(limiter.peek("bob", 2).usages()).containsExactly(Usage.untouched(Limit.parse("2/minute")));
        assertThat(redis.commands().keys("*")).containsExactly(KEY);
    }

    @Test
    void aResetGivesAllPermitsBack() {
        RateLimiter limiter = limiter("1/minute").build();
        limiter.tryAcquire("alice");

        limiter.reset("alice");

        assertThat(redis.commands().exists(KEY)).isZero();
        assertThat(limiter.tryAcquire("alice").allowed()).isTrue();
    }

    @Test
    void aSnapshotTellsHowLongAgoEachPermitWasTakenThatStillCounts() {
        RateLimiter limiter = limiter("9/minute;5/10 second").build();
        limiter.tryAcquire("alice");
        ticker.advance(Duration.ofSeconds(55));
        limiter.tryAcquire("alice", 2);
        ticker.advance(Duration.ofSeconds(6));

        Snapshot snapshot = limiter.snapshot(Key.of("alice"));

        assertThat(snapshot.permitAges()).containsExactly(Duration.ofSeconds(6), Duration.ofSeconds(6));
        assertThat(snapshot.usages()).extracting(Usage::remaining).containsExactly(7L, 3L);
        assertThat(limiter.snapshot(Key.of("bob")).permitAges()).isEmpty();
    }

    @Test
    void aRefundGivesBackTheVeryPermitsThatWereTaken() {
        for (String limits : new String[] {"3/minute", "100/minute;3/60 second", "90/minute"}) {
            RateLimiter limiter =
                    limiter(limits).name("login" + limits.length()).build();
            limiter.tryAcquire("alice");
            ticker.advance(Duration.ofSeconds(20));
            Decision.Allowed second = (Decision.Allowed) limiter.tryAcquire("alice");
            ticker.advance(Duration.ofSeconds(20));
            limiter.tryAcquire("alice");

            assertThat(second.refund()).as(limits).isTrue();
            assertThat(second.refund()).as(limits).isFalse();

            assertThat(limiter.snapshot(Key.of("alice")).permitAges())
                    .as(limits)
                    .containsExactly(Duration.ZERO, Duration.ofSeconds(40));
        }
    }

    @Test
    void aRefundKeepsTheExpiryAndLeavesNothingBehindWhenItWasTheLast() {
        RateLimiter limiter = limiter("3/minute").build();
        Decision.Allowed first = (Decision.Allowed) limiter.tryAcquire("alice");
        Decision.Allowed second = (Decision.Allowed) limiter.tryAcquire("alice", 2);

        first.refund();
        assertThat(redis.commands().pttl(KEY)).isBetween(1L, 60_001L);
        second.refund();

        assertThat(redis.commands().exists(KEY)).isZero();
    }

    @Test
    void aRefundOfWhatHasLeftTheWindowGivesNothingBack() {
        RateLimiter limiter = limiter("3/minute").build();
        Decision.Allowed taken = (Decision.Allowed) limiter.tryAcquire("alice");
        ticker.advance(Duration.ofMinutes(1));

        assertThat(taken.refund()).isFalse();
        assertThat(redis.commands().strlen(KEY)).isEqualTo(4);
    }

    @Test
    void aRefundWhoseReplyWasLostIsNotRepeated() {
        try (RedisStore hasty = RedisStore.builder(redis.server().uri())
                .deadline(Duration.ofMillis(100))
                .ticker(ticker)
                .build()) {
            RateLimiter limiter = limiter("3/minute").store(hasty).build();
            Decision.Allowed taken = Await.until("an admission within the short deadline", () -> {
                try {
                    return Optional.of((Decision.Allowed) limiter.tryAcquire("alice"));
                } catch (StoreUnavailable e) {
                    return Optional.empty();
                }
            });
            redis.server().say("CLIENT PAUSE 60000 WRITE");

            StoreUnavailable lost = catchThrowableOfType(StoreUnavailable.class, taken::refund);
            redis.server().say("CLIENT UNPAUSE");

            assertThat(lost.mayHaveSpent()).isTrue();
            assertThat(taken.refund()).isFalse();
        }
    }

    @Test
    void aRefundThatWasNotSentMayBeTriedAgain() {
        try (RealRedis other = RealRedis.start();
                RedisStore shared = other.patientStore().ticker(ticker).build()) {
            RateLimiter limiter = limiter("3/minute").store(shared).build();
            Decision.Allowed taken = (Decision.Allowed) limiter.tryAcquire("alice");
            other.stop();
            Await.until("a store that knows its connection is gone", () -> findUnreachable(limiter));
            assertThat(catchThrowableOfType(StoreUnavailable.class, taken::refund)
                            .mayHaveSpent())
                    .isFalse();
            other.restartEmpty();
            limiter.tryAcquire("alice");

            assertThat(taken.refund()).isTrue();
        }
    }

    private static Optional<StoreUnavailable> findUnreachable(RateLimiter limiter) {
        return Optional.of(catchThrowableOfType(StoreUnavailable.class, () -> limiter.tryAcquire("alice")))
                .filter(trouble -> trouble.reason() == StoreUnavailable.Reason.UNREACHABLE);
    }

    @Test
    void keysThatKeepKnockingAreShutOutOnAllServers() {
        Penalty penalty = new Penalty(Limit.parse("2/minute"), Duration.ofMinutes(10));
        RateLimiter limiter = limiter("1/minute").penalty(penalty).build();
        limiter.tryAcquire("alice");
        limiter.tryAcquire("alice");
        limiter.tryAcquire("alice");
        RateLimiter same =
                limiter("1/minute").store(redis.store(ticker)).penalty(penalty).build();

        assertThat(same.tryAcquireAsync(Key.of("alice"), 1)
                        .toCompletableFuture()
                        .join())
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Decision.Cause.PENALTY));
    }

    @Test
    void atMostSoManyAreInsideOnAllServers() {
        ConcurrencyLimiter exports = ConcurrencyLimiter.builder()
                .name("exports")
                .atMost(2)
                .store(store)
                .build();
        Permit first = exports.tryAcquire("alice").orElseThrow();
        assertThat(exports.tryAcquire("alice")).isPresent();
        assertThat(exports.tryAcquire("alice")).isEmpty();

        first.close();

        assertThat(exports.inside("alice")).isEqualTo(1);
        assertThat(exports.tryAcquire("alice")).isPresent();
    }

    private RateLimiter.Builder limiter(String limits) {
        return RateLimiter.builder()
                .name("login")
                .limits(Limit.parseAll(limits))
                .store(store);
    }
}
