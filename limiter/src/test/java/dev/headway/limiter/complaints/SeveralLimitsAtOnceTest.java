package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Usage;
import org.junit.jupiter.api.Test;

/** Complaints that of several limits some were charged and others not, or not asked at all. Threads do not share it. */
class SeveralLimitsAtOnceTest {
    private final Desk desk = new Desk();

    /** 11 and 12, envoyproxy/ratelimit#1060 and #435: requests that the narrow limit refused ate the quota of the broad one. */
    @Test
    void letsRequestsThatTheNarrowLimitRefusesLeaveTheBroadOneAlone() {
        RateLimiter limiter = desk.limiter("1/second;100/hour");
        Desk.allowed(limiter, 1000);

        Decision.Refused refused = Desk.refusal(limiter, 1);

        assertThat(refused.refusedBy()).containsExactly(Limit.parse("1/second"));
        assertThat(refused.usages()).extracting(Usage::remaining).containsExactly(0L, 99L);
    }

    /** 16, slowapi#169: the second limiter of a route was ignored. */
    @Test
    void asksEveryOneOfItsLimitsInWhateverOrder() {
        assertThat(Desk.allowed(desk.limiter("5/minute;2/hour"), 10)).isEqualTo(2);
        assertThat(Desk.allowed(desk.builder("2/hour;5/minute").name("other").build(), 10))
                .isEqualTo(2);
    }

    /** 17, envoyproxy/ratelimit#262: a limit per second and one per day could not be had for one key. */
    @Test
    void keepsASecondAndADayForOneKey() {
        RateLimiter limiter = desk.limiter("2/second;5/day");

        assertThat(Desk.allowed(limiter, 3)).isEqualTo(2);
        desk.pass("1.001S");
        assertThat(Desk.allowed(limiter, 3)).isEqualTo(2);
        desk.pass("1.001S");
        assertThat(Desk.allowed(limiter, 3)).isEqualTo(1);
        desk.pass("24H");
        assertThat(Desk.allowed(limiter, 3)).isEqualTo(2);
    }
}
