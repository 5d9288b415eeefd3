package dev.headway.server.throttle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightTest {
    @Test
    void isNoMoreThanTheMost() {
        assertThat(new Weight(2, 10, 7).of(() -> Weight.UNKNOWN_LENGTH, 100)).isEqualTo(7);
        assertThat(new Weight(2, 10, 7).of(() -> 30, 100)).isEqualTo(6);
        assertThat(new Weight(2, 10, 7).of(() -> 30, 5)).isEqualTo(5);
        assertThat(new Weight(1_000_000, 1, Integer.MAX_VALUE).of(() -> Weight.UNKNOWN_LENGTH, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Weight.fixed(3).of(() -> Weight.UNKNOWN_LENGTH, 100)).isEqualTo(3);
    }
}
