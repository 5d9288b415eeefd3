package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSyntaxException;
import dev.headway.limiter.RateLimiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Complaints about limits that were wrong, or changed and nobody heeded it. Threads do not share it. */
class ConfigurationTest {
    private final Desk desk = new Desk();

    /** 52 and 57, bucket4j#437, #539, #45, tbmq PR#355, redisson#5098: a changed limit was ignored for keys that had been seen before. */
    @Test
    void heedsAChangedLimitForKeysThatItHasSeenBefore() {
        RateLimiter limiter = desk.limiter("2/minute");
        Desk.allowed(limiter, 2);

        limiter.changeLimits(Limit.parseAll("5/minute"));
        assertThat(Desk.allowed(limiter, 10)).isEqualTo(3);
        limiter.changeLimits(Limit.parseAll("1/minute"));
        desk.pass("60S");
        assertThat(Desk.allowed(limiter, 10)).isEqualTo(1);
    }

    /** 53, bucket4j#133: the number of limits could not change. */
    @Test
    void changesHowManyLimitsThereAre() {
        RateLimiter limiter = desk.limiter("5/minute");
        Desk.allowed(limiter, 2);

        limiter.changeLimits(Limit.parseAll("5/minute;3/hour"));
        assertThat(Desk.allowed(limiter, 10)).isEqualTo(1);
        limiter.changeLimits(Limit.parseAll("5/minute"));
        assertThat(Desk.allowed(limiter, 10)).isEqualTo(2);
    }

    /** 54, bucket4j#419: of several ways to change a limit, some were wrong. There is one way here, and it gives no amnesty. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void changesInOneWayThatNeitherForgetsNorForgives(Algorithm algorithm) {
        RateLimiter limiter = desk.limiter("4/minute", algorithm);
        Desk.allowed(limiter, 4);

        limiter.changeLimits(Limit.parseAll("1/minute"));
        assertThat(Desk.allowed(limiter, 10)).isZero();
        limiter.changeLimits(Limit.parseAll("4/minute"));
        assertThat(Desk.allowed(limiter, 10)).isZero();
    }

    /** 56, slowapi#13: the limit was to depend on the tier of the user. */
    @Test
    void limitsByTheTierOfTheUser() {
        RateLimiter limiter = desk.builder("2/minute")
                .limitsFor(user -> Limit.parseAll(user.equals(Key.of("pro")) ? "5/minute" : "2/minute"))
                .build();

        for (int i = 0; i < 5; i++) {
            assertThat(limiter.tryAcquire("pro").allowed()).isTrue();
            assertThat(limiter.tryAcquire("free").allowed()).isEqualTo(i < 2);
        }
        assertThat(limiter.tryAcquire("pro").allowed()).isFalse();
    }

    /** 55, slowapi#239: a wrong default limit crashed the first request that it should have refused. */
    @Test
    void refusesAWrongLimitWhenItIsMadeAndNotWhenItRefuses() {
        assertThatThrownBy(() -> desk.limiter("5 a minute"))
                .isInstanceOf(LimitSyntaxException.class)
                .hasMessageContaining("5 a minute");
        assertThatThrownBy(() -> desk.limiter("")).isInstanceOf(LimitSyntaxException.class);
    }
}
