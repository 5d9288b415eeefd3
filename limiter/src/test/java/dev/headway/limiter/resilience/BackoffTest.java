package dev.headway.limiter.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Claims about the pauses between attempts. */
class BackoffTest {
    @Test
    void doublesUpToTheBound() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1);

        assertThat(IntStream.of(1, 2, 3, 4, 5, 30, 31, 1000)
                        .mapToLong(backoff::nanosAfter)
                        .map(BackoffTest::millis))
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L, 1000L);
    }

    @Test
    void isBlurredByHalf() {
        assertThat(millis(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 0).nanosAfter(1)))
                .isEqualTo(50);
        assertThat(millis(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 0.5).nanosAfter(2)))
                .isEqualTo(150);
    }

    @Test
    void doesNotOverflow() {
        Backoff backoff = new Backoff(Duration.ofDays(100), Duration.ofDays(200), () -> 0);

        assertThat(backoff.nanosAfter(40)).isEqualTo(Duration.ofDays(100).toNanos());
    }

    private static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }
}
