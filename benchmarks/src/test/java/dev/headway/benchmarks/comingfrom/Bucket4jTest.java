package dev.headway.benchmarks.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Claims about Bucket4j and us: what is the same, and what is not. Threads do not share it. */
class Bucket4jTest {
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void bothAdmitByKey() {
        Bucket bucket = buckets.computeIfAbsent(
                "alice",
                user -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(10).refillGreedy(10, Duration.ofMinutes(1)))
                        .build());
        boolean consumed = bucket.tryConsume(1);

        RateLimiter limiter = RateLimiter.builder()
                .name("login")
                .limits(Limit.parse("10/minute"))
                .store(MemoryStore.builder().build())
                .build();
        boolean allowed = limiter.tryAcquire("alice").allowed();

        assertThat(consumed).isTrue();
        assertThat(allowed).isTrue();
    }

    @Test
    void bothTellTheWait() {
        Bucket bucket = bucket(1, Duration.ofMinutes(1));
        RateLimiter limiter = Ours.limiter("1/minute", Algorithm.SLIDING_WINDOW, ticker);
        bucket.tryConsume(1);
        limiter.tryAcquire("alice");

        assertThat(waitOfBucket(bucket)).isEqualTo(Duration.ofMinutes(1));
        assertThat(waitOfLimiter(limiter)).isBetween(Duration.ofMinutes(1), Duration.ofNanos(60_000_000_064L));
    }

    private static Duration waitOfBucket(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            return Duration.ofNanos(probe.getNanosToWaitForRefill());
        }
        return Duration.ZERO;
    }

    private static Duration waitOfLimiter(RateLimiter limiter) {
        if (limiter.tryAcquire("alice") instanceof Decision.Refused refused) {
            return refused.retryAfter();
        }
        return Duration.ZERO;
    }

    @Test
    void bothTakeFromSeveralLimitsOrFromNone() {
        Bucket bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(10).refillGreedy(10, Duration.ofSeconds(1)))
                .addLimit(limit -> limit.capacity(500).refillGreedy(500, Duration.ofMinutes(1)))
                .build();

        RateLimiter limiter = RateLimiter.builder()
                .name("api")
                .limits(Limit.parseAll("10/second; 500/minute"))
                .store(MemoryStore.builder().build())
                .build();

        assertThat(bucket.tryConsume(11)).isFalse();
        assertThat(bucket.getAvailableTokens()).isEqualTo(10);
        assertThat(limiter.tryAcquire("alice", 11).allowed()).isFalse();
        assertThat(limiter.peek("alice", 10).allowed()).isTrue();
    }

    @Test
    void aBucketAdmitsNineteenInItsFirstMinuteAndTheExactWindowTen() {
        Bucket bucket = bucket(10, Duration.ofMinutes(1));
        RateLimiter exact = Ours.limiter("10/minute", Algorithm.SLIDING_WINDOW, ticker);

        assertThat(admittedInAMinute(() -> bucket.tryConsume(1))).isEqualTo(19);
        assertThat(admittedInAMinute(() -> exact.tryAcquire("alice").allowed())).isEqualTo(10);
    }

    private int admittedInAMinute(BooleanSupplier limiter) {
        int admitted = 0;
        for (int tenths = 0; tenths < 600; tenths++) {
            admitted += limiter.getAsBoolean() ? 1 : 0;
            ticker.advance(Duration.ofMillis(100));
        }
        return admitted;
    }

    /** A second a token and steps of whole milliseconds: neither library has anything to round. */
    @Test
    void ourTokenBucketAnswersAsTheirsDoes() {
        Random random = new Random(42);
        Bucket bucket = bucket(60, Duration.ofMinutes(1));
        RateLimiter tokens = Ours.limiter("60/minute", Algorithm.TOKEN_BUCKET, ticker);
        for (int i = 0; i < 10_000; i++) {
            ticker.advance(Duration.ofSeconds(random.nextInt(4)));
            int permits = 1 + random.nextInt(5);

            assertThat(tokens.tryAcquire("alice", permits).allowed())
                    .as("request %d", i)
                    .isEqualTo(bucket.tryConsume(permits));
        }
    }

    @Test
    void whatCanNeverFitIsAnAnswerOfItsOwn() {
        Bucket bucket = bucket(10, Duration.ofMinutes(1));
        RateLimiter limiter = Ours.limiter("10/minute", Algorithm.SLIDING_WINDOW, ticker);

        assertThat(bucket.tryConsumeAndReturnRemaining(11).getNanosToWaitForRefill())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(limiter.tryAcquire("alice", 11)).isInstanceOf(Decision.NeverPossible.class);
    }

    /** The bucket has refilled by itself when the token comes back, and is then fuller than if nothing had been taken. */
    @Test
    void addedTokensCountTwiceWhatHadComeBackAlready() {
        Bucket bucket = bucket(10, Duration.ofMinutes(1));
        bucket.tryConsume(1);
        ticker.advance(Duration.ofMinutes(2));
        bucket.tryConsume(5);

        bucket.addTokens(1);

        assertThat(bucket.getAvailableTokens()).isEqualTo(6);
    }

    @Test
    void aRefundGivesBackNothingThatHasComeBackAlready() {
        RateLimiter limiter = Ours.limiter("10/minute", Algorithm.SLIDING_WINDOW, ticker);
        Decision decision = limiter.tryAcquire("alice");
        ticker.advance(Duration.ofMinutes(2));
        limiter.tryAcquire("alice", 5);

        boolean given = decision instanceof Decision.Allowed allowed && allowed.refund();

        assertThat(given).isFalse();
        assertThat(limiter.peek("alice", 1).usages().get(0).remaining()).isEqualTo(5);
    }

    @Test
    void neitherWaitsInVain() throws InterruptedException {
        Bucket bucket = bucket(1, Duration.ofMinutes(1));
        RateLimiter limiter = Ours.limiter("1/minute", Algorithm.SLIDING_WINDOW, ticker);
        bucket.tryConsume(1);
        limiter.tryAcquire("alice");

        boolean consumed = bucket.asBlocking().tryConsume(1, Duration.ofSeconds(5));

        Decision decision = limiter.acquire("alice", 1, Duration.ofSeconds(5));

        assertThat(consumed).isFalse();
        assertThat(decision).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aRaisedLimitIsThereAtOnceInsteadOfFlowingIn() {
        Bucket bucket = bucket(10, Duration.ofMinutes(1));
        RateLimiter limiter = Ours.limiter("10/minute", Algorithm.SLIDING_WINDOW, ticker);
        bucket.tryConsume(10);
        limiter.tryAcquire("alice", 10);

        bucket.replaceConfiguration(
                BucketConfiguration.builder()
                        .addLimit(limit -> limit.capacity(20).refillGreedy(20, Duration.ofMinutes(1)))
                        .build(),
                TokensInheritanceStrategy.AS_IS);

        limiter.changeLimits(Limit.parseAll("20/minute"));

        assertThat(bucket.getAvailableTokens()).isZero();
        assertThat(limiter.peek("alice", 1).usages().get(0).remaining()).isEqualTo(10);
    }

    private Bucket bucket(int permits, Duration window) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(permits).refillGreedy(permits, window))
                .withCustomTimePrecision(Ours.meter(ticker))
                .build();
    }
}
