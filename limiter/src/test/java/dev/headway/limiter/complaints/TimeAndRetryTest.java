package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Complaints about the times that clients were told. Threads do not share it. */
class TimeAndRetryTest {
    private static final Duration TICKS = Duration.ofNanos(1000);

    private final Desk desk = new Desk();

    /** 29, dotnet/runtime#92557: the wait told was the whole window, not what was left of it. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void tellsTheRestOfTheWaitAndNotTheWholeWindow(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("1/minute", algorithm);
        Desk.allowed(limiter, 1);
        Duration atFirst = Desk.refusal(limiter, 1).retryAfter();

        desk.pass("45S");

        assertThat(Desk.refusal(limiter, 1).retryAfter()).isEqualTo(atFirst.minusSeconds(45));
    }

    /** 30, dotnet/aspnetcore#52411: a refusal of the sliding window had no time to retry. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void tellsATimeWithEveryRefusalAndAdmitsWhoComesBackThen(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("10/minute", algorithm);
        Desk.allowed(limiter, 7);
        desk.pass("13S");
        Desk.allowed(limiter, 10);

        Decision.Refused refused = Desk.refusal(limiter, 2);
        desk.ticker.advance(refused.retryAfter().minus(TICKS));
        assertThat(limiter.tryAcquire("key", 2).allowed()).isFalse();
        desk.ticker.advance(TICKS);
        assertThat(limiter.tryAcquire("key", 2).allowed()).isTrue();
    }

    /** 31, limits#200: the time of the next permit was counted from the newest entry, not from the oldest. */
    @Test
    void countsTheNextPermitFromTheOldestAndTheResetFromTheNewest() {
        RateLimiter limiter = desk.limiter("3/minute");
        Desk.allowed(limiter, 1);
        desk.pass("20S");
        Desk.allowed(limiter, 2);

        Usage usage = Desk.refusal(limiter, 1).usages().get(0);

        assertThat(usage.nextPermitAfter()).isEqualTo(Duration.ofSeconds(40));
        assertThat(usage.resetAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    /** 32, bucket4j#220: a request larger than the capacity was told a time after which it would not fit either. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void tellsNoTimeToARequestThatNeverFits(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("10/minute", algorithm);

        assertThat(limiter.tryAcquire("key", 11)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(limiter.tryAcquireNanos("key", 11)).isEqualTo(Long.MAX_VALUE);
        Desk.allowed(limiter, 10);
        assertThat(limiter.tryAcquire("key", 11)).isInstanceOf(Decision.NeverPossible.class);
    }

    /** 33, express-rate-limit#96: the time to retry was that of the default, whatever the limit. */
    @Test
    void tellsTheTimeOfTheLimitThatRefused() {
        RateLimiter limiter = desk.limiter("2/10 second;3/minute");
        Desk.allowed(limiter, 2);
        assertThat(Desk.refusal(limiter, 1).retryAfter()).isEqualTo(Duration.ofSeconds(10));

        desk.pass("10S");
        Desk.allowed(limiter, 1);

        assertThat(Desk.refusal(limiter, 1).retryAfter()).isEqualTo(Duration.ofSeconds(50));
    }

    /** 34, express-rate-limit#546: a window of 365 days broke, as one of more than 24.8 days did. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void keepsAWindowOfManyDays(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("1/365 day", algorithm);
        Desk.allowed(limiter, 1);

        desk.ticker.advance(Duration.ofDays(364));
        assertThat(Desk.refusal(limiter, 1).retryAfter()).isPositive();
        desk.ticker.advance(Duration.ofDays(2 * 365));
        assertThat(Desk.allowed(limiter, 2)).isEqualTo(1);
    }

    /** 35, upstash/ratelimit-js#111: the time of the reset could not be seen without spending. */
    @Test
    void showsTheTimeOfTheResetToWhoOnlyLooks() {
        RateLimiter limiter = desk.limiter("10/minute");
        Desk.allowed(limiter, 1);
        desk.pass("15S");

        Usage usage = limiter.peek("key", 1).usages().get(0);

        assertThat(usage)
                .isEqualTo(new Usage(
                        Limit.parse("10/minute"),
                        9,
                        Duration.ofSeconds(45).toNanos(),
                        Duration.ofSeconds(45).toNanos()));
        assertThat(Desk.left(limiter)).isEqualTo(9);
    }
}
