package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Limit;
import org.junit.jupiter.api.Test;

/** How long permits are kept, in which ticks, and which limits a log cannot keep. */
final class LogRetentionTest {

    @Test
    void lengthensTheTickUntilTheLongestWindowFitsIntoThirtyBits() {
        assertThat(tick("1/second").micros()).isEqualTo(100);
        assertThat(tick("1/second; 1/day").micros()).isEqualTo(100);
        assertThat(tick("1/month").micros()).isEqualTo(10_000);
        assertThat(tick("1/year").micros()).isEqualTo(100_000);
        assertThat(tick("1/100 year").micros()).isEqualTo(10_000_000);
        assertThat(tick("1/100 year").exponent()).isEqualTo(7);
    }

    @Test
    void keepsPermitsForTheLongestWindowEverKnown() {
        LogRetention retention = retention("1/minute");
        retention.addView(Limit.parseAll("10/hour"));
        retention.addView(Limit.parseAll("10/second"));

        assertThat(retention.ticks()).isEqualTo(36_000_000);
    }

    @Test
    void refusesMorePermitsThanALogMayHold() {
        assertThatThrownBy(() -> retention("100001/minute"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit \"100001/minute\": 100001 permits in the longest window; "
                        + "Redis keeps a stamp of each, and at most 100000 are accepted; "
                        + "sliding-window-counter keeps larger limits");
    }

    @Test
    void acceptsAsManyAsALogMayHold() {
        assertThat(retention("100000/minute").ticks()).isEqualTo(600_000);
        assertThat(retention("10/second; 100001/minute").ticks()).isEqualTo(600_000);
    }

    @Test
    void acceptsAFastLimitBesideALongWindow() {
        LogRetention retention = retention("1/day");
        retention.addView(Limit.parseAll("600/minute"));
        retention.addView(Limit.parseAll("5000/minute"));

        assertThat(retention.ticks()).isEqualTo(864_000_000);
    }

    @Test
    void refusesALimitThatLooksFurtherBackThanAFastLimitBesideItLeavesALog() {
        LogRetention retention = retention("10/second; 100001/minute");
        retention.addView(Limit.parseAll("500/minute"));

        assertThatThrownBy(() -> retention.addView(Limit.parseAll("5000/second")))
                .hasMessage("limits [5000/second] for limiter \"login\", which keeps a stamp of each permit for 60 s: "
                        + "beside others, limits of at most 100000 permits are accepted");
        assertThat(retention.ticks()).isEqualTo(600_000);
    }

    @Test
    void refusesAWindowThatIsTooLongForTheTick() {
        LogRetention retention = retention("10/minute");

        assertThatThrownBy(() -> retention.addView(Limit.parseAll("10/minute; 100/month")))
                .hasMessage("limit \"100/month\" for limiter \"login\": its permits are kept by ticks of 100 µs, "
                        + "too short for that window; open the limiter with its longest window");
    }

    private static Tick tick(String limits) {
        return Tick.of(Limit.parseAll(limits));
    }

    private static LogRetention retention(String limits) {
        LogRetention retention = new LogRetention("login", tick(limits), 0);
        retention.addView(Limit.parseAll(limits));
        return retention;
    }
}
