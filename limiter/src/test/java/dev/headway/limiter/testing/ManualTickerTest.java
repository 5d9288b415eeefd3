package dev.headway.limiter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Ticker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Claims about the clocks. Threads do not share it. */
class ManualTickerTest {
    @Test
    void standsStillUntilItIsMoved() {
        ManualTicker ticker = new ManualTicker();

        assertThat(ticker.nanos()).isZero();
        ticker.advance(Duration.ofMillis(2));
        assertThat(ticker.nanos()).isEqualTo(2_000_000);
        ticker.advance(Duration.ofNanos(-5));
        assertThat(ticker.nanos()).isEqualTo(1_999_995);
        ticker.set(Long.MIN_VALUE);
        assertThat(ticker.nanos()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void runsOnPastTheEndOfLong() {
        ManualTicker ticker = new ManualTicker(Long.MAX_VALUE);

        ticker.advance(Duration.ofNanos(1));

        assertThat(ticker.nanos()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void leavesTheSystemTickerToTheSystem() {
        long before = System.nanoTime();

        long read = Ticker.system().nanos();

        assertThat(read - before).isNotNegative();
        assertThat(System.nanoTime() - read).isNotNegative();
    }
}
