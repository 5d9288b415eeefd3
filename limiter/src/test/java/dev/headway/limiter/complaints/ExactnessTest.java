package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.RateLimiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Complaints that a limit let through more, or less, than it says. Threads do not share it. */
class ExactnessTest {
    private final Desk desk = new Desk();

    /** 1, redis-cell#38: 120 in 60 s gave two a second, not 120 in any minute. */
    @Test
    void gives120InAnyMinuteAndNotTwoASecond() {
        RateLimiter limiter = desk.limiter("120/minute");

        assertThat(Desk.allowed(limiter, 121)).isEqualTo(120);
        desk.pass("59S");
        assertThat(Desk.allowed(limiter, 10)).isZero();
        desk.pass("1S");
        assertThat(Desk.allowed(limiter, 121)).isEqualTo(120);
    }

    /** 2, bucket4j#2: 1000 an hour let 2000 through in the first hour. */
    @Test
    void letsAThousandThroughInTheFirstHourAndNotTwo() {
        RateLimiter limiter = desk.limiter("1000/hour");

        int inFirstHour = Desk.allowed(limiter, 500);
        for (int second = 1; second < 3600; second++) {
            desk.pass("1S");
            inFirstHour += Desk.allowed(limiter, 2);
        }

        assertThat(inFirstHour).isEqualTo(1000);
    }

    /** 3, gubernator#118: a bucket that refilled once per duration admitted nearly twice the limit. */
    @Test
    void refillsABucketEvenlyAndNotOncePerDuration() {
        RateLimiter limiter = desk.limiter("10/minute", Algorithm.TOKEN_BUCKET);
        assertThat(Desk.allowed(limiter, 20)).isEqualTo(10);

        for (int token = 1; token <= 10; token++) {
            desk.pass("5.999S");
            assertThat(Desk.allowed(limiter, 2)).as("before token %d", token).isZero();
            desk.pass("0.001S");
            assertThat(Desk.allowed(limiter, 2)).as("token %d", token).isEqualTo(1);
        }
    }

    /** 4, dotnet/runtime#101612: a fixed window gave double at the start, where its edge came at once. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void givesNoDoubleAtTheStart(Algorithm algorithm) {
        desk.pass("59.9S");
        RateLimiter limiter = desk.limiter("10/minute", algorithm);
        int inFirstSecond = Desk.allowed(limiter, 10);
        desk.pass("0.2S");
        inFirstSecond += Desk.allowed(limiter, 10);

        assertThat(inFirstSecond).isLessThanOrEqualTo(10);
    }

    /** 5 and 6, envoyproxy/ratelimit#32, gubernator#35: a window that rolls was asked for, and never came. */
    @Test
    void rollsItsWindow() {
        RateLimiter limiter = desk.limiter("10/minute");
        desk.pass("50S");
        Desk.allowed(limiter, 10);

        for (int second = 51; second < 110; second++) {
            desk.pass("1S");
            assertThat(Desk.allowed(limiter, 1)).as("at second %d", second).isZero();
        }
        desk.pass("1S");
        assertThat(Desk.allowed(limiter, 11)).isEqualTo(10);
    }

    /** 7, ratelimitj#24: a window that slid only if somebody asked at the very moment at which a permit became free. */
    @Test
    void slidesThoughNobodyAsksWhenAPermitBecomesFree() {
        RateLimiter limiter = desk.limiter("2/minute");
        Desk.allowed(limiter, 1);
        desk.pass("20S");
        Desk.allowed(limiter, 1);

        desk.pass("40.000000001S");
        assertThat(Desk.allowed(limiter, 2)).isEqualTo(1);
        desk.pass("35S");
        assertThat(Desk.allowed(limiter, 2)).isEqualTo(1);
    }

    /** 8, limits PR#112: requests of mixed cost slipped past the log. */
    @Test
    void countsRequestsOfMixedCostByTheirPermits() {
        RateLimiter limiter = desk.limiter("10/minute");
        Desk.admission(limiter, 3);
        desk.pass("10S");
        Desk.admission(limiter, 1);
        desk.pass("10S");
        Desk.admission(limiter, 5);

        assertThat(limiter.tryAcquire("key", 2).allowed()).isFalse();
        assertThat(limiter.tryAcquire("key", 1).allowed()).isTrue();
        desk.pass("40S");
        assertThat(limiter.tryAcquire("key", 4).allowed()).isFalse();
        assertThat(limiter.tryAcquire("key", 3).allowed()).isTrue();
    }

    /** 9, uber-go/ratelimit#119: after an idle period nothing was limited. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void limitsAfterAnIdlePeriod(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("10/minute", algorithm);
        Desk.allowed(limiter, 10);

        desk.pass("1000H");

        assertThat(Desk.allowed(limiter, 1000)).isLessThanOrEqualTo(10).isPositive();
    }

    /** 10, upstash/ratelimit-js#39: a limit of one refused always. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void allowsOnceUnderALimitOfOne(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("1/minute", algorithm);

        assertThat(Desk.allowed(limiter, 5)).isEqualTo(1);
        desk.pass("120S");
        assertThat(Desk.allowed(limiter, 5)).isEqualTo(1);
    }
}
