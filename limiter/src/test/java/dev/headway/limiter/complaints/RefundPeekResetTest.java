package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.RateLimiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Complaints that permits could not be given back, looked at or forgotten. Threads do not share it. */
class RefundPeekResetTest {
    private final Desk desk = new Desk();

    /** 20, resilience4j#314: a permit could not be given back after the work was cancelled. */
    @Test
    void takesThePermitOfCancelledWorkBack() {
        RateLimiter limiter = desk.limiter("1/minute");
        Decision.Allowed cancelled = Desk.admission(limiter, 1);

        assertThat(cancelled.refund()).isTrue();

        assertThat(Desk.allowed(limiter, 2)).isEqualTo(1);
    }

    /** 21, bucket4j#19: tokens could not be put back into a bucket. */
    @Test
    void putsTokensBackIntoABucketAndNoMoreThanWereTaken() {
        RateLimiter limiter = desk.limiter("10/minute", Algorithm.TOKEN_BUCKET);
        Decision.Allowed taken = Desk.admission(limiter, 6);

        assertThat(taken.refund()).isTrue();
        assertThat(taken.refund()).isFalse();

        assertThat(Desk.allowed(limiter, 20)).isEqualTo(10);
    }

    /** 22 and 23, upstash/ratelimit-js#17, go-redis/redis_rate#104: what is left could not be seen without taking some of it. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void showsWhatIsLeftWithoutTakingAnyOfIt(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("3/minute", algorithm);
        long untouched = Desk.left(limiter);
        Desk.allowed(limiter, 1);

        long left = Desk.left(limiter);
        for (int i = 0; i < 10; i++) {
            assertThat(Desk.left(limiter)).isEqualTo(left);
        }
        assertThat(left).isLessThan(untouched);
    }

    /** 24, limits#276: clearing a key did nothing under one of the algorithms. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void forgetsAKeyUnderEveryAlgorithm(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("3/minute", algorithm);
        int before = Desk.allowed(limiter, 10);

        limiter.reset("key");

        assertThat(Desk.allowed(limiter, 10)).isEqualTo(before).isPositive();
    }

    /** 25 and 26, express-rate-limit#429, flask-limiter PR#248: what counts was to be decided by the response. */
    @Test
    void countsByTheResponseWhereTheCallerWantsIt() {
        RateLimiter limiter = desk.limiter("5/minute");

        for (int status : new int[] {200, 422, 200, 422, 422}) {
            Decision.Allowed request = Desk.admission(limiter, 1);
            if (status == 422) {
                request.refund();
            }
        }

        assertThat(Desk.left(limiter)).isEqualTo(3);
    }

    /** 27, upstash/ratelimit-js PR#156: refused calls spent all the same, and locked their key out for months. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void spendsNothingOnWhatItRefuses(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("10/minute", algorithm);
        Desk.allowed(limiter, 8);
        for (int i = 0; i < 1000; i++) {
            assertThat(limiter.tryAcquire("key", 10).allowed()).isFalse();
        }

        desk.pass("120S");

        assertThat(limiter.tryAcquire("key", 1).allowed()).isTrue();
    }

    /** 28, node-rate-limiter-flexible#350: what is left could not be taken, be it less than was asked for. */
    @Test
    void tellsWhoIsRefusedWhatHeCanTakeInstead() {
        RateLimiter limiter = desk.limiter("10/minute");
        Desk.admission(limiter, 7);

        Decision.Refused refused = Desk.refusal(limiter, 5);
        int left = Math.toIntExact(refused.usages().get(0).remaining());

        assertThat(left).isEqualTo(3);
        assertThat(limiter.tryAcquire("key", left).allowed()).isTrue();
    }
}
