package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Claims about those who wait for a shared limit, on two servers. */
final class WaitingTest {
    private static final String KEY = "hw1.2{alice}calls";
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();
    private RateLimiter here;
    private RateLimiter there;

    @BeforeEach
    void openLimiters() {
        here = limiter("2/minute", Algorithm.SLIDING_WINDOW);
        there = limiter("2/minute", Algorithm.SLIDING_WINDOW);
    }

    @Test
    void whoComesFirstGoesFirstOnWhicheverServer() {
        here.tryAcquire("alice", 2);

        assertThat(secondsToWait(here.reserve("alice", 1, LONG))).isEqualTo(60);
        assertThat(secondsToWait(there.reserve("alice", 2, LONG))).isEqualTo(120);
        assertThat(secondsToWait(here.reserve("alice", 1, LONG))).isEqualTo(180);
    }

    @Test
    void whoOnlyTriesGoesBehindThoseWhoWaitOnTheOtherServer() {
        here.tryAcquire("alice", 1);
        there.reserve("alice", 2, LONG);

        Decision decision = here.tryAcquire("alice", 1);

        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(2));
            assertThat(refused.usages().get(0).remaining()).isZero();
        });
    }

    @Test
    void whoCannotMakeItIsToldAtOnceAndTakesNothing() {
        here.tryAcquire("alice", 2);
        long changes = redis.changes();

        Decision decision = there.reserve("alice", 1, Duration.ofSeconds(59));

        assertThat(decision).isInstanceOf(Decision.Refused.class);
        assertThat(redis.changes()).isEqualTo(changes);
    }

    @Test
    void aPlaceThatIsGivenBackIsFreeAndTheOthersKeepTheirTimes() {
        here.tryAcquire("alice", 2);
        Decision.Allowed first = (Decision.Allowed) here.reserve("alice", 1, LONG);
        there.reserve("alice", 1, LONG);
        Decision.Allowed last = (Decision.Allowed) there.reserve("alice", 1, LONG);
        assertThat(last.waitTime()).isEqualTo(Duration.ofMinutes(2));

        assertThat(last.refund()).isTrue();
        assertThat(first.refund()).isTrue();

        assertThat(secondsToWait(here.reserve("alice", 1, LONG))).isEqualTo(60);
        assertThat(secondsToWait(here.reserve("alice", 1, LONG))).isEqualTo(120);
    }

    @Test
    void permitsCountFromTheTimeThatWasTold() {
        here.tryAcquire("alice", 2);
        here.reserve("alice", 2, LONG);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(there.tryAcquire("alice").allowed()).isFalse();

        ticker.advance(Duration.ofMinutes(1));

        assertThat(there.tryAcquire("alice", 2).allowed()).isTrue();
        assertThat(redis.commands().strlen(KEY)).isEqualTo(8);
    }

    @Test
    void theKeyIsKeptUntilTheLastOfThemHasLeftTheWindow() {
        here.tryAcquire("alice", 2);
        here.reserve("alice", 1, LONG);

        assertThat(redis.commands().pttl(KEY)).isBetween(110_000L, 120_001L);
    }

    @Test
    void aSnapshotTellsWhenTheyMayGo() {
        here.tryAcquire("alice", 2);
        there.reserve("alice", 1, LONG);

        assertThat(here.snapshot(Key.of("alice")).permitAges())
                .containsExactly(Duration.ofMinutes(-1), Duration.ZERO, Duration.ZERO);
    }

    @Test
    void timeStandsStillForAKeyWhenTheClockIsBehindWhileSomebodyWaits() {
        ticker.advance(Duration.ofSeconds(50));
        here.tryAcquire("alice", 1);
        here.reserve("alice", 2, LONG);
        ticker.set(Duration.ofSeconds(40).toNanos());

        assertThat(secondsToWait(there.reserve("alice", 1, LONG))).isEqualTo(130);
    }

    @Test
    void aClockThatIsBehindByMoreThanAWindowIsAFaultWhileSomebodyWaitsToo() {
        ticker.advance(Duration.ofMinutes(5));
        here.tryAcquire("alice", 1);
        here.reserve("alice", 2, LONG);
        ticker.set(Duration.ofMinutes(3).toNanos());

        assertThatThrownBy(() -> there.tryAcquire("alice", 1))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        behind -> assertThat(behind.reason()).isEqualTo(StoreUnavailable.Reason.CLOCK_BEHIND));
    }

    @Test
    void waitsForALargeLimitToo() {
        RateLimiter large = limiter("large", "200/minute", Algorithm.SLIDING_WINDOW);
        large.tryAcquire("alice", 200);
        assertThat(secondsToWait(large.reserve("alice", 150, LONG))).isEqualTo(60);
        assertThat(secondsToWait(large.reserve("alice", 100, LONG))).isEqualTo(120);
        ticker.advance(Duration.ofMinutes(3));

        assertThat(large.tryAcquire("alice", 200).allowed()).isTrue();
        assertThat(large.tryAcquire("alice", 1).allowed()).isFalse();
    }

    @Test
    void aCallerWaitsInAFutureAndGivesItsPlaceBackWhenItIsCancelled() {
        here.tryAcquire("alice", 2);
        there.acquireAsync("alice", 2, LONG).cancel(false);

        assertThat(secondsToWait(here.reserve("alice", 2, LONG))).isEqualTo(60);
    }

    private static long secondsToWait(Decision decision) {
        return ((Decision.Allowed) decision).waitTime().toSeconds();
    }

    private RateLimiter limiter(String limits, Algorithm algorithm) {
        return limiter("calls", limits, algorithm);
    }

    private RateLimiter limiter(String name, String limits, Algorithm algorithm) {
        return RateLimiter.builder()
                .name(name)
                .limits(Limit.parseAll(limits))
                .algorithm(algorithm)
                .store(redis.store(ticker))
                .build();
    }
}
