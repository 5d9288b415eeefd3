package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.testing.ManualTicker;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What those who wait for a key that owes look like in Redis, and what becomes of them when clocks and limits change. */
final class StoredLineTest {
    private static final Key ALICE = Key.of("alice");
    private static final String KEY = "hw1.2p{alice}calls";
    private static final int STATE = 28;
    private static final int LINE_OF_ONE = 16 + 2 * STATE + 20;
    private static final long LONG = Duration.ofHours(20).toNanos();

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();
    private RedisStore store;
    private LimitSpace calls;

    @BeforeEach
    void openStore() {
        store = redis.store(ticker);
        calls = open("calls", Algorithm.PACING, "2/minute");
    }

    @Test
    void takesTwentyBytesForEachWhoWaitsAndNoneOnceAllHaveGone() {
        calls.tryAcquire("alice", 1);
        calls.reserve(ALICE, 1, LONG);
        assertThat(redis.commands().strlen(KEY)).isEqualTo(LINE_OF_ONE);
        calls.reserve(ALICE, 1, LONG);
        assertThat(redis.commands().strlen(KEY)).isEqualTo(LINE_OF_ONE + 20);

        ticker.advance(Duration.ofSeconds(90));
        assertThat(calls.tryAcquire("alice", 1).allowed()).isTrue();

        assertThat(redis.commands().strlen(KEY)).isEqualTo(STATE);
    }

    @Test
    void letsThosePastTheirTimeGoWhenAnotherComes() {
        calls.tryAcquire("alice", 1);
        for (int number = 0; number < 50; number++) {
            calls.reserve(ALICE, 1, LONG);
            calls.reserve(ALICE, 1, LONG);
            ticker.advance(Duration.ofMinutes(1));
        }

        assertThat(redis.commands().strlen(KEY)).isLessThanOrEqualTo(LINE_OF_ONE + 20);
    }

    @Test
    void keepsTheKeyUntilTheLastOfThemHasPaid() {
        calls.tryAcquire("alice", 1);
        calls.reserve(ALICE, 1, LONG);

        assertThat(redis.commands().pttl(KEY)).isBetween(80_000L, 90_001L);
    }

    @Test
    void writesNothingWhenItRefuses() {
        calls.tryAcquire("alice", 1);
        calls.reserve(ALICE, 1, LONG);
        long changes = redis.changes();

        assertThat(calls.tryAcquire("alice", 1).allowed()).isFalse();
        assertThat(calls.reserve(ALICE, 1, Duration.ofSeconds(59).toNanos()).allowed())
                .isFalse();
        assertThat(calls.peek(ALICE, 1).allowed()).isFalse();

        assertThat(redis.changes()).isEqualTo(changes);
    }

    @Test
    void letsAThousandWaitAndNoMore() {
        LimitSpace fast = open("fast", Algorithm.PACING, "10/second");
        for (int number = 0; number <= 1000; number++) {
            assertThat(fast.reserve(ALICE, 1, LONG).allowed()).isTrue();
        }

        assertThat(fast.reserve(ALICE, 1, LONG))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(100_100)));
    }

    @Test
    void readsTheStateOfAKeyForWhichNobodyHasWaitedYet() {
        calls.tryAcquire("alice", 1);
        assertThat(redis.commands().strlen(KEY)).isEqualTo(STATE);

        assertThat(waitSeconds(calls.reserve(ALICE, 1, LONG))).isEqualTo(30);
    }

    @Test
    void timeStandsStillWhenTheClockIsBehindWhatWasTaken() {
        ticker.advance(Duration.ofSeconds(50));
        calls.tryAcquire("alice", 1);
        calls.reserve(ALICE, 1, LONG);
        ticker.set(Duration.ofSeconds(40).toNanos());

        assertThat(waitSeconds(calls.reserve(ALICE, 1, LONG))).isEqualTo(70);
    }

    @Test
    void aClockThatIsBehindByMoreThanAKeyIsKeptIsAFault() {
        ticker.advance(Duration.ofMinutes(5));
        calls.tryAcquire("alice", 1);
        calls.reserve(ALICE, 1, LONG);
        ticker.set(Duration.ofMinutes(3).toNanos());

        assertThatThrownBy(() -> calls.peek(ALICE, 1))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        behind -> assertThat(behind.reason()).isEqualTo(StoreUnavailable.Reason.CLOCK_BEHIND));
    }

    @Test
    void saysWhenTheValueIsNoLine() {
        for (String rest : List.of("", "no line", "no line at all, but longer")) {
            redis.commands()
                    .eval(
                            "return redis.call('SET', KEYS[1], '\\255\\255\\255\\255' .. ARGV[1])",
                            ScriptOutputType.STATUS,
                            new String[] {KEY},
                            rest);

            assertThatThrownBy(() -> calls.peek(ALICE, 1))
                    .as("what begins like a line, with \"%s\" behind", rest)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("NOTASTATE " + (4 + rest.length()) + " bytes");
        }
    }

    @Test
    void thoseWhoWaitKeepTheirTimesWhenTheWindowGetsAnotherLength() {
        calls.tryAcquire("alice", 1);
        Decision.Allowed first = (Decision.Allowed) calls.reserve(ALICE, 1, LONG);
        Decision.Allowed second = (Decision.Allowed) calls.reserve(ALICE, 1, LONG);
        assertThat(first.waitTime()).isEqualTo(Duration.ofSeconds(30));
        calls.changeLimits(Limit.parseAll("2/hour"));

        assertThat(((Decision.Refused) calls.peek(ALICE, 1)).retryAfter()).isEqualTo(Duration.ofMinutes(90));
        assertThat(second.refund()).isTrue();
        assertThat(((Decision.Refused) calls.peek(ALICE, 1)).retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(waitSeconds(calls.reserve(ALICE, 1, LONG))).isEqualTo(3600);
    }

    @Test
    void aLimitThatIsAddedCountsThoseWhoWait() {
        calls.tryAcquire("alice", 1);
        calls.reserve(ALICE, 1, LONG);
        calls.reserve(ALICE, 1, LONG);

        calls.changeLimits(Limit.parseAll("2/minute; 9/day"));

        assertThat(((Decision.Refused) calls.peek(ALICE, 1)).retryAfter()).isEqualTo(Duration.ofHours(8));
    }

    /** Each was told its time by the limits of its own view, and by these it counts for those behind. */
    @Test
    void aPlaceThatIsGivenBackLeavesTheDebtsOfTheOthersByTheirOwnLimits() {
        LimitSpace slow = open("bucket", Algorithm.TOKEN_BUCKET, "6/minute");
        LimitSpace fast = slow.withLimits(Limit.parseAll("60/minute"));
        slow.tryAcquire("alice", 6);
        List<Decision.Allowed> waiting = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            waiting.add((Decision.Allowed) slow.reserve(ALICE, 1, LONG));
        }
        Decision.Allowed last = (Decision.Allowed) fast.reserve(ALICE, 1, LONG);
        assertThat(waiting).extracting(Decision.Allowed::waitTime).last().isEqualTo(Duration.ofSeconds(30));

        assertThat(last.refund()).isTrue();

        assertThat(waitSeconds(slow.reserve(ALICE, 1, LONG))).isEqualTo(40);
    }

    private LimitSpace open(String name, Algorithm algorithm, String limits) {
        return store.open(new Terms(name, algorithm, Limit.parseAll(limits)));
    }

    private static long waitSeconds(Decision decision) {
        return ((Decision.Allowed) decision).waitTime().toSeconds();
    }
}
