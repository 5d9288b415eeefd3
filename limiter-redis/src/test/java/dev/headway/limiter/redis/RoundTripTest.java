package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On a long way more is sent at once, and a busy Redis is not taken for a long way. */
final class RoundTripTest {

    private final RoundTrip way = new RoundTrip();

    @Test
    void letsNobodyWaitUntilItKnowsTheWay() {
        assertThat(way.mostUnderWay()).isEqualTo(1000);
    }

    @Test
    void letsTwoBeUnderWayOnAShortWay() {
        took(Duration.ofNanos(60_000));

        assertThat(way.mostUnderWay()).isEqualTo(2);
    }

    @Test
    void letsOneLeaveEveryTenthOfAMillisecondOnALongWay() {
        took(Duration.ofMillis(30));

        assertThat(way.mostUnderWay()).isEqualTo(300);
    }

    @Test
    void doesNotTakeABusyRedisForALongWay() {
        took(Duration.ofNanos(150_000));
        for (int number = 0; number < 50; number++) {
            took(Duration.ofMillis(5));
        }

        assertThat(way.mostUnderWay()).isEqualTo(2);
    }

    @Test
    void learnsThatTheWayHasBecomeLonger() {
        took(Duration.ofNanos(150_000));
        for (int number = 0; number < 2000; number++) {
            took(Duration.ofMillis(5));
        }

        assertThat(way.mostUnderWay()).isEqualTo(50);
    }

    private void took(Duration time) {
        way.took(time.toNanos());
    }
}
