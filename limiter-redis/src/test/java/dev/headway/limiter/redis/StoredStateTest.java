package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the state of fixed size looks like in Redis: its size, its expiry, and what becomes of it when its limits change. */
final class StoredStateTest {
    private static final List<Algorithm> ALGORITHMS =
            List.of(Algorithm.SLIDING_WINDOW_COUNTER, Algorithm.FIXED_WINDOW, Algorithm.TOKEN_BUCKET, Algorithm.PACING);
    private static final String FIXED = "hw1.2f{alice}login";

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();
    private RedisStore store;

    @BeforeEach
    void openStore() {
        store = redis.store(ticker);
    }

    @Test
    void keepsALimitOfAnySizeInOneAllocation() {
        for (Algorithm algorithm : ALGORITHMS) {
            redis.commands().flushall();
            LimitSpace space = open(algorithm + "", algorithm, "1000000/day", Terms.NO_BURST);

            assertThat(space.tryAcquire("alice", 700_000).allowed())
                    .as(algorithm + "")
                    .isTrue();

            String key = redis.commands().keys("*").get(0);
            assertThat(redis.commands().strlen(key)).as(algorithm + "").isEqualTo(28);
            assertThat(redis.commands().objectEncoding(key)).as(algorithm + "").isEqualTo("embstr");
            assertThat(redis.commands().memoryUsage(key)).as(algorithm + "").isLessThanOrEqualTo(120);
        }
    }

    @Test
    void writesNothingWhenItRefuses() {
        for (Algorithm algorithm : ALGORITHMS) {
            LimitSpace space = open(algorithm + "", algorithm, "2/minute", Terms.NO_BURST);
            space.tryAcquire("alice", 2);
            long changes = redis.changes();

            assertThat(space.tryAcquire("alice", 1).allowed())
                    .as(algorithm + "")
                    .isFalse();
            assertThat(space.tryAcquire("alice", 3)).as(algorithm + "").isInstanceOf(Decision.NeverPossible.class);

            assertThat(redis.changes()).as(algorithm + "").isEqualTo(changes);
        }
    }

    @Test
    void expiresWhenItSaysNothingAnyMore() {
        open("login", Algorithm.FIXED_WINDOW, "5/minute; 9/hour", Terms.NO_BURST)
                .tryAcquire("alice", 1);
        assertThat(redis.commands().pttl(FIXED)).isBetween(3_590_000L, 3_600_001L);

        open("bucket", Algorithm.TOKEN_BUCKET, "5/minute", 20).tryAcquire("alice", 1);
        assertThat(redis.commands().pttl("hw1.2t{alice}bucket")).isBetween(230_000L, 240_001L);
    }

    @Test
    void aBucketThatIsPaidBackMoreSlowlyByAnotherViewIsKeptForThatLong() {
        LimitSpace fast = open("bucket", Algorithm.TOKEN_BUCKET, "60/minute", Terms.NO_BURST);
        LimitSpace slow = fast.withLimits(Limit.parseAll("6/minute"));
        fast.tryAcquire("alice", 60);

        assertThat(redis.commands().pttl("hw1.2t{alice}bucket")).isBetween(590_000L, 600_001L);
        assertThat(slow.tryAcquire("alice", 1))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(550)));
    }

    @Test
    void aRefundDoesNotGiveAwayWhatAFasterViewHasPaidBackAlready() {
        LimitSpace slow = open("bucket", Algorithm.TOKEN_BUCKET, "10/minute", Terms.NO_BURST);
        LimitSpace fast = slow.withLimits(Limit.parseAll("60/minute"));
        Decision.Allowed first = (Decision.Allowed) slow.tryAcquire("alice", 10);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(fast.tryAcquire("alice", 60).allowed()).isTrue();

        assertThat(first.refund()).isFalse();

        assertThat(fast.tryAcquire("alice", 1).allowed()).isFalse();
    }

    @Test
    void aWindowThatChangesItsLengthForgetsNothing() {
        open("login", Algorithm.FIXED_WINDOW, "5/minute", Terms.NO_BURST).tryAcquire("alice", 4);
        store = redis.store(ticker);
        LimitSpace hourly = open("login", Algorithm.FIXED_WINDOW, "5/hour", Terms.NO_BURST);
        ticker.advance(Duration.ofMinutes(30));

        assertThat(hourly.tryAcquire("alice", 2).allowed()).isFalse();
        assertThat(hourly.tryAcquire("alice", 1).allowed()).isTrue();
    }

    @Test
    void refusesViewsWithWindowsOfOtherLengths() {
        LimitSpace space = open("login", Algorithm.FIXED_WINDOW, "5/minute", Terms.NO_BURST);

        assertThatThrownBy(() -> space.withLimits(Limit.parseAll("5/hour")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "limits [5/hour] on the same keys as [5/minute]; by this algorithm, windows of the same lengths "
                                + "are accepted (sliding-window takes any)");
    }

    @Test
    void lengthensTheTickUntilAllNumbersAreWhole() {
        Terms huge = new Terms("huge", Algorithm.TOKEN_BUCKET, Limit.parseAll("2000000000/day"), Terms.NO_BURST);
        assertThat(RuleRetention.tick(huge)).isEqualTo(new Tick(5));

        LimitSpace space = open("login", Algorithm.FIXED_WINDOW, "5/day", Terms.NO_BURST);
        assertThatThrownBy(() -> space.changeLimits(Limit.parseAll("2000000000/day")))
                .hasMessage(
                        "limits [2000000000/day] for limiter \"login\": they are counted by ticks of 100 µs, too short "
                                + "for them; open the limiter with its longest window and largest limit");
    }

    @Test
    void refusesABucketThatNeverFills() {
        assertThatThrownBy(() -> open("login", Algorithm.TOKEN_BUCKET, "1/year", 1000))
                .hasMessage("limits [1/year] with a burst of 1000: an empty bucket takes more than 72000 days to fill; "
                        + "a smaller burst is accepted");
    }

    @Test
    void saysWhenTheValueIsNoState() {
        redis.commands().set(FIXED, "stranger!");
        LimitSpace space = open("login", Algorithm.FIXED_WINDOW, "5/minute", Terms.NO_BURST);

        assertThatThrownBy(() -> space.tryAcquire("alice", 1))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("NOTASTATE 9 bytes are no date and entries of 20 bytes");
    }

    @Test
    void aClockThatIsBehindByMoreThanAWindowIsAFault() {
        LimitSpace space = open("login", Algorithm.FIXED_WINDOW, "5/minute", Terms.NO_BURST);
        ticker.advance(Duration.ofMinutes(5));
        space.tryAcquire("alice", 1);
        ticker.set(0);

        assertThatThrownBy(() -> space.tryAcquire("alice", 1))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        behind -> assertThat(behind.reason()).isEqualTo(StoreUnavailable.Reason.CLOCK_BEHIND));
    }

    @Test
    void aBucketOpensAgainWithAnotherBurstOnlyUnderAnotherName() {
        open("login", Algorithm.TOKEN_BUCKET, "5/minute", 20);

        assertThatThrownBy(() -> open("login", Algorithm.TOKEN_BUCKET, "5/minute", 30))
                .hasMessage("limiter \"login\" with burst 30; the store has one of that name with burst 20");
    }

    private LimitSpace open(String name, Algorithm algorithm, String limits, int burst) {
        return store.open(new Terms(name, algorithm, Limit.parseAll(limits), burst));
    }
}
