package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Unit;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How much of a large log Redis reads for a decision: as little of one for 10,000 permits as of one for a hundred, in pages of a kilobyte. */
final class LargeLogTest {
    private static final List<Integer> SIZES = List.of(100, 1000, 10_000);
    /** Four guesses and seven halvings to find a place among 79 pages, the ends of the log, and what the answer tells. */
    private static final int MOST_PAGES = 17;

    private static final long WINDOW_NANOS = Duration.ofHours(1).toNanos();

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private final ManualTicker ticker = new ManualTicker();
    private RedisStore store;

    @BeforeEach
    void openStore() {
        store = redis.store(ticker);
    }

    @Test
    void readsAFewPagesOfALogThatIsFull() {
        for (int most : SIZES) {
            LimitSpace space = open(most);
            fillEvenly(space, most, 2 * most);

            assertThat(pagesForARefusal(space)).as("%d permits", most).isLessThanOrEqualTo(3);
            ticker.advance(Duration.ofNanos(WINDOW_NANOS / 100));
            assertThat(pagesForAnAdmission(space)).as("%d permits", most).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void readsAFewPagesOfALogThatIsHalfFull() {
        for (int most : SIZES) {
            LimitSpace space = open(most);
            fillEvenly(space, most / 2, 3 * most / 2);

            assertThat(pagesForAnAdmission(space)).as("%d permits", most).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void readsAFewPagesOfALogThatHasJustBegun() {
        for (int most : SIZES) {
            LimitSpace space = open(most);
            fillEvenly(space, most, most / 2);

            assertThat(pagesForAnAdmission(space)).as("%d permits", most).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void readsOnePageOfALogOfWhichNothingCountsAnyMore() {
        for (int most : SIZES) {
            LimitSpace space = open(most);
            fillEvenly(space, most, most);
            ticker.advance(Duration.ofHours(1));

            assertThat(pagesForAnAdmission(space)).as("%d permits", most).isEqualTo(1);
        }
    }

    @Test
    void readsAFewPagesOfALogWhoseLimitWasLoweredOrRaised() {
        for (int most : SIZES) {
            LimitSpace space = open(most);
            fillEvenly(space, most, 2 * most);

            space.changeLimits(List.of(new Limit(most - 30, 1, Unit.HOUR)));
            assertThat(pagesForARefusal(space)).as("%d permits, lowered", most).isLessThanOrEqualTo(5);
            space.changeLimits(List.of(new Limit(most + 30, 1, Unit.HOUR)));
            assertThat(pagesForAnAdmission(space))
                    .as("%d permits, raised", most)
                    .isLessThanOrEqualTo(5);
        }
    }

    /**
     * Requests that come in bursts of any size after pauses of any length: then the place is not where evenness would have it. The n-th burst
     * comes n milliseconds after a whole second, so that none falls on the very moment at which permits of another return, which the
     * stores tell apart by ticks of their own.
     */
    @Test
    void decidesAsInMemoryAndReadsNoMoreThanASearchByHalvingWouldHoweverRequestsCome() {
        Seeds.forEach(4, random -> {
            for (int most : SIZES) {
                redis.commands().flushall();
                LimitSpace space = redis.store(ticker).open(terms(most));
                LimitSpace memory = MemoryStore.builder().ticker(ticker).build().open(terms(most));
                long second = 0;
                for (int burst = 0; burst < 80; burst++) {
                    second += random.nextLong(3600 / (1 + random.nextInt(60)));
                    ticker.set(Duration.ofSeconds(second).plusMillis(burst).toNanos());
                    int permits = 1 + random.nextInt(Math.max(1, most / (1 + random.nextInt(20))));
                    String where = "burst " + burst + " of " + permits + ", " + most + " permits";
                    assertThat(pages(() -> assertSame(where, space, memory, permits)))
                            .as(where)
                            .isLessThanOrEqualTo(MOST_PAGES);
                }
                redis.closeStores();
            }
        });
    }

    private static void assertSame(String where, LimitSpace space, LimitSpace memory, int permits) {
        Decision decision = space.tryAcquire("alice", permits);
        Decision expected = memory.tryAcquire("alice", permits);
        assertThat(decision).as(where).hasSameClassAs(expected);
        assertThat(decision.usages().get(0).remaining())
                .as(where)
                .isEqualTo(expected.usages().get(0).remaining());
        assertThat(decision.usages().get(0).nextPermitAfterNanos())
                .as(where)
                .isCloseTo(expected.usages().get(0).nextPermitAfterNanos(), within(1_000_000L));
    }

    /** Who takes 3,000 a minute for two hours leaves 360,000 stamps, more than a log keeps; every limit has all that it looks back on. */
    @Test
    void isCutBeyondWhatAnyLimitLooksBackOnAndKeepsEachExactly() {
        LimitSpace fast = store.open(new Terms("mixed", Algorithm.SLIDING_WINDOW, Limit.parseAll("1/day")))
                .withLimits(Limit.parseAll("3000/minute"));
        LimitSpace most = fast.withLimits(Limit.parseAll("100000/day"));
        for (int minute = 0; minute < 120; minute++) {
            assertThat(fast.tryAcquire("alice", 3000).allowed()).isTrue();
            assertThat(redis.commands().strlen("hw1.2{alice}mixed")).isLessThanOrEqualTo((200_000 + 3000) * 4);
            ticker.advance(Duration.ofMinutes(1));
        }

        // The 100,000th before the last was taken in the 34th minute before the end.
        assertThat(((Decision.Refused) most.tryAcquire("alice", 1)).retryAfter())
                .isEqualTo(Duration.ofDays(1).minusMinutes(34));
        assertThat(most.peek(Key.of("alice"), 1).usages().get(0).remaining()).isZero();
        LimitSpace daily = fast.withLimits(Limit.parseAll("1/day"));
        assertThat(((Decision.Refused) daily.tryAcquire("alice", 1)).retryAfter())
                .isEqualTo(Duration.ofDays(1).minusMinutes(1));
        assertThat(fast.tryAcquire("alice", 3000).allowed()).isTrue();
    }

    @Test
    void readsAFewPagesForASmallLimitOfALogThatAnotherHasMadeLong() {
        LimitSpace daily = store.open(new Terms("mixed", Algorithm.SLIDING_WINDOW, Limit.parseAll("5/day")));
        LimitSpace fast = daily.withLimits(Limit.parseAll("600/minute"));
        for (int minute = 0; minute < 20; minute++) {
            take(fast, 600);
            ticker.advance(Duration.ofMinutes(1));
        }

        assertThat(pagesForARefusal(daily)).isLessThanOrEqualTo(4);
        ticker.advance(Duration.ofDays(1));
        assertThat(pagesForAnAdmission(daily)).isLessThanOrEqualTo(4);
        assertThat(redis.commands().strlen("hw1.2{alice}mixed")).isEqualTo(4);
    }

    private void fillEvenly(LimitSpace space, int perWindow, int permits) {
        int atOnce = Math.max(1, perWindow / 200);
        for (int taken = 0; taken < permits; taken += atOnce) {
            ticker.advance(Duration.ofNanos(WINDOW_NANOS / perWindow * atOnce));
            take(space, atOnce);
        }
    }

    private static void take(LimitSpace space, int permits) {
        Decision unused = space.tryAcquire("alice", permits);
    }

    private static long pagesForARefusal(LimitSpace space) {
        return pages(() -> {
            Decision decision = space.tryAcquire("alice", 1);
            assertThat(decision.allowed()).isFalse();
        });
    }

    private static long pagesForAnAdmission(LimitSpace space) {
        return pages(() -> assertThat(space.tryAcquire("alice", 1).allowed()).isTrue());
    }

    private static long pages(Runnable request) {
        redis.commands().configResetstat();
        request.run();
        return redis.commands()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_getrange:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_getrange:calls=(\\d+),.*", "$1")))
                .sum();
    }

    private LimitSpace open(int most) {
        return store.open(terms(most));
    }

    private static Terms terms(int most) {
        return new Terms("large-" + most, Algorithm.SLIDING_WINDOW, Limit.parseAll(most + "/hour"));
    }
}
