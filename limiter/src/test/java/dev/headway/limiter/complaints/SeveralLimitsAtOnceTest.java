package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Claim;
import dev.headway.limiter.Decision;
import dev.headway.limiter.JointDecision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Usage;
import java.time.Duration;
import java.util.List;
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

    /** 13, node-rate-limiter-flexible#280: a union of limiters spent points though one of its rules refused. */
    @Test
    void spendsNothingInAUnionOfWhichOneRefuses() {
        RateLimiter roomy = desk.limiter("10/minute");
        RateLimiter full = desk.builder("1/minute").name("full").build();
        Desk.allowed(full, 1);

        JointDecision decision = RateLimiter.tryAcquireAll(List.of(roomy.claim("key", 1), full.claim("key", 1)));

        assertThat(decision.allowed()).isFalse();
        assertThat(Desk.left(roomy)).isEqualTo(10);
    }

    /** 14, bucket4j#530: requests and kilobytes could not be limited in one decision. */
    @Test
    void decidesAboutRequestsAndKilobytesTogether() {
        RateLimiter requests = desk.limiter("10/minute");
        RateLimiter kilobytes = desk.builder("1000/minute").name("kilobytes").build();

        for (int kilobytesOfRequest : new int[] {400, 400, 400}) {
            RateLimiter.tryAcquireAll(List.of(requests.claim("key", 1), kilobytes.claim("key", kilobytesOfRequest)));
        }

        assertThat(Desk.left(requests)).isEqualTo(8);
        assertThat(Desk.left(kilobytes)).isEqualTo(200);
    }

    /** 15, dotnet/runtime#113314: a chain of limiters counted a request twice that had waited for one of them. */
    @Test
    void countsARequestThatWaitedOnceInEachLimit() throws InterruptedException {
        RateLimiter limiter = desk.limiter("1/second;10/minute");
        Desk.allowed(limiter, 1);

        limiter.acquire("key", 1, Duration.ofSeconds(5));

        assertThat(limiter.peek("key", 1).usages()).extracting(Usage::remaining).containsExactly(0L, 8L);
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

    /** 18, redis-cell#22: of two keys both or none. */
    @Test
    void takesOfTwoKeysBothOrNone() {
        RateLimiter limiter = desk.limiter("1/minute");
        limiter.tryAcquire("second");

        List<Claim> both = List.of(limiter.claim("first", 1), limiter.claim("second", 1));

        assertThat(RateLimiter.tryAcquireAll(both).allowed()).isFalse();
        desk.pass("60S");
        assertThat(RateLimiter.tryAcquireAll(both).allowed()).isTrue();
        assertThat(limiter.tryAcquire("first").allowed()).isFalse();
    }

    /** 19, symfony PR#65796: a client whose own limit refused drained the limit that all share. */
    @Test
    void letsARefusedClientTakeNothingFromWhatAllShare() {
        RateLimiter perClient = desk.limiter("2/minute");
        RateLimiter shared = desk.builder("10/minute").name("shared").build();

        for (int i = 0; i < 100; i++) {
            RateLimiter.tryAcquireAll(List.of(shared.claim("all", 1), perClient.claim("greedy", 1)));
        }

        assertThat(shared.peek("all", 8).allowed()).isTrue();
    }
}
