package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import org.junit.jupiter.api.Test;

/** Complaints about who was counted together with whom, and by which limit somebody was refused. Threads do not share it. */
class IdentityTest {
    private final Desk desk = new Desk();

    /** 60, slowapi#52 and #191: two handlers of one name shared a limit and added both up. */
    @Test
    void letsNoTwoLimitersOfOneNameDisagreeUnnoticed() {
        RateLimiter one = desk.limiter("10/minute");
        RateLimiter other = desk.builder("20/minute").name("other").build();

        assertThat(Desk.allowed(one, 30)).isEqualTo(10);
        assertThat(Desk.allowed(other, 30)).isEqualTo(20);
        assertThatThrownBy(() -> desk.limiter("20/minute"))
                .hasMessage(
                        "limiter \"desk\" with limits [20/minute]; the store has one of that name with limits [10/minute]");
    }

    /** 62 and 63, envoyproxy/envoy#43113, node-rate-limiter-flexible#193: nobody could tell which limit had refused. */
    @Test
    void namesTheLimitsThatRefused() {
        RateLimiter limiter = desk.limiter("2/second;3/minute;100/day");
        Desk.allowed(limiter, 2);
        desk.pass("1S");
        Desk.allowed(limiter, 1);

        Decision.Refused refused = Desk.refusal(limiter, 2);

        assertThat(refused.refusedBy()).containsExactly(Limit.parse("2/second"), Limit.parse("3/minute"));
    }
}
