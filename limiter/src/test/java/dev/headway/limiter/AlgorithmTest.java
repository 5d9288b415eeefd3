package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims about the names of algorithms and how limiters take them. Threads do not share it. */
class AlgorithmTest {
    @ParameterizedTest
    @EnumSource
    void readsTheNameThatItPrints(Algorithm algorithm) {
        assertThat(Algorithm.parse(algorithm.toString())).isEqualTo(algorithm);
        assertThat(Algorithm.parse(" " + algorithm.name().replace('_', '-') + " "))
                .isEqualTo(algorithm);
    }

    @Test
    void knowsTheOtherNameOfTheSlidingWindow() {
        assertThat(Algorithm.parse("moving-window")).isEqualTo(Algorithm.SLIDING_WINDOW);
    }

    @Test
    void saysWhatItWouldHaveAccepted() {
        assertThatThrownBy(() -> Algorithm.parse("leaky"))
                .hasMessage("unknown algorithm \"leaky\"; try sliding-window, sliding-window-counter, fixed-window, "
                        + "token-bucket, pacing (or moving-window)");
    }

    @Test
    void belongsToTheNameOfALimiterAsItsLimitsDo() {
        MemoryStore store = MemoryStore.builder().build();
        RateLimiter first = limiter(store, Algorithm.TOKEN_BUCKET);

        assertThat(first.algorithm()).isEqualTo(Algorithm.TOKEN_BUCKET);
        assertThatThrownBy(() -> limiter(store, Algorithm.FIXED_WINDOW))
                .hasMessage("limiter \"one\" with algorithm fixed-window; "
                        + "the store has one of that name with algorithm token-bucket");
    }

    private static RateLimiter limiter(LimitStore store, Algorithm algorithm) {
        return RateLimiter.builder()
                .name("one")
                .limits(Limit.of(1, Unit.MINUTE))
                .algorithm(algorithm)
                .store(store)
                .build();
    }
}
