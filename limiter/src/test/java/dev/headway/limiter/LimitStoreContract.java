package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does, whatever it is made of; a store is tested by a subclass that makes one. Threads do not share it. */
public abstract class LimitStoreContract {
    private final ManualTicker ticker = new ManualTicker();

    /** Makes an empty store that runs by the ticker. */
    protected abstract LimitStore store(Ticker ticker);

    @Test
    void deniesTheRequestThatWouldExceedTheLimit() {
        timeline("10/minute").at("0s").allows(10).denies(1).retryAfter("60s");
    }

    @Test
    void givesEachPermitBackWhenItsOwnWindowHasPassed() {
        timeline("3/60 second")
                .at("0s")
                .allows(1)
                .at("20s")
                .allows(2)
                .denies(1)
                .retryAfter("40s")
                .at("59s")
                .denies(1)
                .retryAfter("1s")
                .at("60s")
                .allows(1)
                .denies(1)
                .retryAfter("20s")
                .at("80s")
                .allows(2)
                .denies(1)
                .retryAfter("40s");
    }

    @Test
    void letsNoDoubleBurstPassAcrossTheEdgeOfAWindow() {
        timeline("10/minute")
                .at("59s")
                .allows(10)
                .at("61s")
                .denies(20)
                .retryAfter("58s")
                .at("118s")
                .denies(1)
                .at("119s")
                .allows(10);
    }

    @Test
    void limitsAgainAfterALongRest() {
        timeline("2/second").at("0s").allows(2).at("86400s").allows(2).denies(1).retryAfter("1s");
    }

    @Test
    void doesNotCountRefusedRequests() {
        timeline("1/10 second")
                .at("0s")
                .allows(1)
                .at("5s")
                .denies(1000)
                .retryAfter("5s")
                .at("10s")
                .allows(1);
    }

    @Test
    void takesAllPermitsOfARequestOrNone() {
        timeline("10/minute")
                .at("0s")
                .allowsPermits(7)
                .at("30s")
                .deniesPermits(4)
                .retryAfter("30s")
                .then()
                .allowsPermits(3)
                .at("60s")
                .deniesPermits(8)
                .retryAfter("30s")
                .then()
                .allowsPermits(7);
    }

    @Test
    void chargesNoLimitWhenOneOfSeveralRefuses() {
        timeline("2/second;3/minute")
                .at("0s")
                .allows(2)
                .denies(5)
                .refusedBy("2/second")
                .retryAfter("1s")
                .at("1s")
                .allows(1)
                .denies(5)
                .refusedBy("3/minute")
                .retryAfter("59s")
                .at("60s")
                .allows(2)
                .denies(1)
                .refusedBy("2/second;3/minute")
                .retryAfter("1s");
    }

    @Test
    void namesEveryLimitThatRefusesAndTheLatestWait() {
        timeline("2/second;2/minute")
                .at("0s")
                .allows(2)
                .denies(1)
                .refusedBy("2/second;2/minute")
                .retryAfter("60s");
    }

    @Test
    void countsEachKeyOnItsOwn() {
        timeline("1/minute")
                .at("0s")
                .as("a")
                .allows(1)
                .as("b")
                .allows(1)
                .as("a")
                .denies(1)
                .then()
                .as("b")
                .denies(1);
    }

    @Test
    void neverLetsATextMeetANumber() {
        RateLimiter limiter = limiter("one", "1/minute");

        assertThat(limiter.tryAcquire(0, 1, 1).allowed()).isTrue();
        assertThat(limiter.tryAcquire("1").allowed()).isTrue();
        assertThat(limiter.tryAcquire(1, 0, 1).allowed()).isTrue();
        assertThat(limiter.tryAcquire(0, 1, 1).allowed()).isFalse();
    }

    @Test
    void keepsLimitersOfOtherNamesApart() {
        LimitStore store = store(ticker);
        RateLimiter one = limiter(store, "one", "1/minute");
        RateLimiter two = limiter(store, "two", "1/minute");

        assertThat(one.tryAcquire("key").allowed()).isTrue();
        assertThat(two.tryAcquire("key").allowed()).isTrue();
        assertThat(one.tryAcquire("key").allowed()).isFalse();
    }

    @Test
    void joinsLimitersOfOneNameAndEqualLimits() {
        LimitStore store = store(ticker);

        assertThat(limiter(store, "one", "1/minute").tryAcquire("key").allowed())
                .isTrue();
        assertThat(limiter(store, "one", "1/minute").tryAcquire("key").allowed())
                .isFalse();
    }

    @Test
    void refusesASecondLimiterOfTheNameWithOtherLimits() {
        LimitStore store = store(ticker);
        limiter(store, "one", "1/minute");

        assertThatThrownBy(() -> limiter(store, "one", "2/minute"))
                .hasMessage(
                        "limiter \"one\" with limits [2/minute]; the store has one of that name with limits [1/minute]");
    }

    @Test
    void tellsHowEachLimitStands() {
        RateLimiter limiter = limiter("one", "3/10 second;5/minute");
        limiter.tryAcquire("key", 2);
        ticker.advance(Duration.ofSeconds(4));

        List<Usage> usages = limiter.tryAcquire("key").usages();

        assertThat(usages).extracting(Usage::limit).isEqualTo(Limit.parseAll("3/10 second;5/minute"));
        assertThat(usages).extracting(Usage::remaining).containsExactly(0L, 2L);
        assertThat(usages)
                .extracting(Usage::nextPermitAfter)
                .containsExactly(Duration.ofSeconds(6), Duration.ofSeconds(56));
        assertThat(usages)
                .extracting(Usage::resetAfter)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    @Test
    void tellsThatWaitingDoesNotHelpForMoreThanALimitHas() {
        RateLimiter limiter = limiter("one", "3/second;5/minute");
        limiter.tryAcquire("key");

        Decision decision = limiter.tryAcquire("key", 4);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.NeverPossible.class,
                        never -> assertThat(never.refusedBy()).containsExactly(Limit.parse("3/second")));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.usages()).extracting(Usage::remaining).containsExactly(2L, 4L);
        assertThat(limiter.tryAcquire("new", 4).usages())
                .containsExactly(Usage.untouched(Limit.parse("3/second")), Usage.untouched(Limit.parse("5/minute")));
    }

    @Test
    void keepsAWindowOfAYear() {
        timeline("2/year")
                .at("0s")
                .allows(2)
                .at("31103999s")
                .denies(1)
                .at("31104001s")
                .allows(2);
    }

    /** Returns how late a permit may return, for windows of up to a minute: twice the store's tick. */
    protected Duration slack() {
        return Duration.ofMillis(1);
    }

    @Test
    void keepsItsPromiseWhateverTheLimitsWeightsAndTimes() {
        Seeds.forEach(20, random -> {
            List<Limit> limits = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                limits.add(new Limit(1 + random.nextInt(20), 1 + random.nextInt(60), Unit.SECOND));
            }
            ManualTicker manual = new ManualTicker(random.nextInt(1_000_000) * 1_000_000_000L);
            RateLimiter limiter = RateLimiter.builder()
                    .name("promise")
                    .limits(limits)
                    .store(store(manual))
                    .build();
            Oracle oracle = new Oracle(limits, slack());
            long now = 0;
            for (int i = 0; i < 300; i++) {
                long step = random.nextInt(4) == 0 ? 0 : random.nextLong(6_000_000_000L);
                now += step;
                manual.advance(Duration.ofNanos(step));
                String key = "key " + random.nextInt(3);
                int permits = 1 + random.nextInt(random.nextInt(4) + 1);
                oracle.hears(limiter.tryAcquire(key, permits), key, permits, now);
            }
        });
    }

    /** Tells a story about a fresh store. */
    protected final Timeline timeline(String limits) {
        return Timeline.of(limits, this::store);
    }

    private RateLimiter limiter(String name, String limits) {
        return limiter(store(ticker), name, limits);
    }

    private static RateLimiter limiter(LimitStore store, String name, String limits) {
        return RateLimiter.builder()
                .name(name)
                .limits(Limit.parseAll(limits))
                .store(store)
                .build();
    }
}
