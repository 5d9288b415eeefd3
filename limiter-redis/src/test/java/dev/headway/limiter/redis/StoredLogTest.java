package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a log looks like in Redis: its size, its expiry, and what becomes of it when its limit changes. */
final class StoredLogTest {

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
    void keepsTenPermitsInFortyBytesOfOneAllocation() {
        take(limiter("10/minute"), 10);

        assertThat(redis.commands().strlen(KEY)).isEqualTo(40);
        assertThat(redis.commands().objectEncoding(KEY)).isEqualTo("embstr");
        assertThat(redis.commands().memoryUsage(KEY)).isLessThanOrEqualTo(120);
    }

    @Test
    void costsAsFewStepsForTenThousandPermitsAsForAHundred() {
        for (String limits : new String[] {"100/minute", "10000/minute"}) {
            LimitSpace limiter = limiter("login" + limits.length(), limits);
            int most = limiter.limits().get(0).permits();
            limiter.tryAcquire("alice", most - 2);
            take(limiter, 1);
            redis.commands().configResetstat();

            assertThat(take(limiter, 2)).isEqualTo(1);

            // One that is let in and one that is refused.
            assertThat(callsOf("getrange")).as(limits).isLessThanOrEqualTo(2 * 3);
            assertThat(callsOf("setrange") + callsOf("pexpire")).as(limits).isEqualTo(2);
            assertThat(callsOf("get") + callsOf("set")).as(limits).isZero();
        }
    }

    private static long callsOf(String command) {
        return redis.commands()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_[a-z]+:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void writesNothingWhenItRefuses() {
        LimitSpace limiter = limiter("2/minute");
        take(limiter, 2);
        long changes = redis.changes();

        assertThat(take(limiter, 50)).isZero();

        assertThat(redis.changes()).isEqualTo(changes);
    }

    @Test
    void writesNothingWhenTheRequestIsNeverPossible() {
        assertThat(limiter("2/minute").tryAcquire("alice", 3)).isInstanceOf(Decision.NeverPossible.class);

        assertThat(redis.commands().exists(KEY)).isZero();
    }

    @Test
    void lengthensTheExpiryWithEveryPermit() {
        LimitSpace limiter = limiter("200/minute");
        take(limiter, 1);
        redis.commands().persist(KEY);

        take(limiter, 1);

        assertThat(redis.commands().pttl(KEY)).isBetween(1L, 60_001L);
    }

    @Test
    void holdsAtMostTwiceThePermitsOfALargeLimit() {
        LimitSpace limiter = limiter("100/minute");
        long longest = 0;

        for (int number = 0; number < 1000; number++) {
            ticker.advance(Duration.ofMillis(601));
            take(limiter, 1);
            longest = Math.max(longest, redis.commands().strlen(KEY));
        }

        assertThat(longest).isBetween(100 * 4L, 200 * 4L);
    }

    @Test
    void forgetsDeadPermitsOfASlowKeyBeforeTheirStampsWrapAround() {
        LimitSpace limiter = limiter("300/day");

        for (int thirdOfADay = 0; thirdOfADay < 250; thirdOfADay++) {
            ticker.advance(Duration.ofHours(8));
            Decision decision = limiter.tryAcquire("alice", 1);
            assertThat(decision.usages().get(0).remaining()).isGreaterThanOrEqualTo(297);
        }
    }

    @Test
    void loweringALimitForgetsNothingAndRaisingItGivesNoAmnesty() {
        take(limiter("10/minute"), 10);
        take(anotherLimiter("3/minute"), 1);

        assertThat(take(anotherLimiter("12/minute"), 5)).isEqualTo(2);
    }

    @Test
    void carriesTheLogOverFromTheSmallToTheLargeFormAndBack() {
        take(limiter("60/minute"), 60);

        assertThat(take(anotherLimiter("200/minute"), 200)).isEqualTo(140);

        ticker.advance(Duration.ofMinutes(1));
        assertThat(take(anotherLimiter("5/minute"), 10)).isEqualTo(5);
        assertThat(redis.commands().strlen(KEY)).isEqualTo(5 * 4);
    }

    @Test
    void tellsTheWaitOfALoweredLimit() {
        take(limiter("4/minute"), 1);
        ticker.advance(Duration.ofSeconds(10));
        take(anotherLimiter("4/minute"), 3);

        Decision decision = anotherLimiter("2/minute").tryAcquire("alice", 1);

        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(60));
            assertThat(refused.usages().get(0).remaining()).isZero();
            assertThat(refused.usages().get(0).nextPermitAfter()).isEqualTo(Duration.ofSeconds(60));
        });
    }

    @Test
    void namesTheTickOfALongWindowInTheKey() {
        take(limiter("5/year"), 1);

        assertThat(redis.commands().keys("*")).containsExactly("hw1.5{alice}login");
    }

    @Test
    void keepsWhatALongerWindowOfAnotherViewNeeds() {
        LimitSpace hourly = limiter("10/hour");
        LimitSpace perSecond = hourly.withLimits(Limit.parseAll("10/second"));
        take(perSecond, 4);
        ticker.advance(Duration.ofMinutes(30));
        take(perSecond, 3);

        assertThat(redis.commands().pttl(KEY)).isBetween(3_500_000L, 3_600_001L);
        assertThat(take(hourly, 10)).isEqualTo(3);
    }

    @Test
    void keepsItForAWindowThatIsKnownFromNowOn() {
        LimitSpace limiter = limiter("3/second");
        limiter.changeLimits(Limit.parseAll("5/hour"));
        take(limiter, 5);
        limiter.changeLimits(Limit.parseAll("3/second"));
        ticker.advance(Duration.ofMinutes(10));
        assertThat(take(limiter, 9)).isEqualTo(3);

        limiter.changeLimits(Limit.parseAll("9/hour"));

        assertThat(limiter.limits()).isEqualTo(Limit.parseAll("9/hour"));
        assertThat(take(limiter, 9)).isEqualTo(1);
    }

    @Test
    void loweringAndRaisingALimitIsNoAmnesty() {
        LimitSpace limiter = limiter("70/minute");
        take(limiter, 70);
        limiter.changeLimits(Limit.parseAll("2/minute"));
        assertThat(take(limiter, 5)).isZero();

        limiter.changeLimits(Limit.parseAll("80/minute"));

        assertThat(take(limiter, 90)).isEqualTo(10);
    }

    private LimitSpace limiter(String limits) {
        return limiter("login", limits);
    }

    private LimitSpace limiter(String name, String limits) {
        return store.open(new Terms(name, Algorithm.SLIDING_WINDOW, Limit.parseAll(limits)));
    }

    /** The same limiter as another server has it, which was configured anew. */
    private LimitSpace anotherLimiter(String limits) {
        store = redis.store(ticker);
        return limiter(limits);
    }

    private static long take(LimitSpace limiter, int times) {
        return IntStream.range(0, times)
                .mapToObj(number -> limiter.tryAcquire("alice", 1))
                .filter(Decision::allowed)
                .count();
    }
}
