package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Claims about how times become ticks, also those of another scale. Threads do not share it. */
class TickScaleTest {
    private static final TickScale FINE = new TickScale(2);
    private static final TickScale COARSE = new TickScale(5);

    @Test
    void takesTheShortestTickOfWhichAWindowHasNoMoreThanTwoToThe31() {
        Duration longest = Duration.ofNanos(1L << 31);

        assertThat(TickScale.forWindow(longest)).isEqualTo(new TickScale(0));
        assertThat(TickScale.forWindow(longest.plusNanos(1))).isEqualTo(new TickScale(1));
    }

    @Test
    void datesATickOfAFinerScaleNoEarlier() {
        assertThat(COARSE.tick(16, FINE)).isEqualTo(2);
        assertThat(COARSE.tick(17, FINE)).isEqualTo(3);
        assertThat(COARSE.tick(-15, FINE)).isEqualTo(-1);
    }

    @Test
    void datesATickOfACoarserScaleExactly() {
        assertThat(FINE.tick(3, COARSE)).isEqualTo(24);
        assertThat(FINE.tick(3, FINE)).isEqualTo(3);
    }

    @Test
    void tellsWhenATickIsReachedOrThatItNeverIs() {
        assertThat(FINE.nanosAt(3)).isEqualTo(12);
        assertThat(FINE.nanosAt(Long.MAX_VALUE >> 2)).isEqualTo(Long.MAX_VALUE - 3);
        assertThat(FINE.nanosAt((Long.MAX_VALUE >> 2) + 1)).isEqualTo(Long.MAX_VALUE);
    }
}
