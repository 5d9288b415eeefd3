package dev.headway.limiter.resilience;

import static dev.headway.limiter.resilience.Distance.PAUSE;
import static dev.headway.limiter.resilience.Distance.admitted;
import static dev.headway.limiter.resilience.Distance.limiter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Decision;
import dev.headway.limiter.DistantStore;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreUnavailableException;
import dev.headway.limiter.Usage;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Claims about what a server counts by itself, and what that count decides. Threads do not share it. */
class CountingAlongTest {
    private final Distance distance = Distance.nearTheEndOfTime();
    private final ManualTicker ticker = distance.ticker();
    private final DistantStore distant = distance.store();

    @Test
    void knowsAloneWhatTheStoreGaveThroughIt() {
        RateLimiter limiter = limiter(server().build(), "10/minute");
        assertThat(admitted(limiter, 7)).isEqualTo(7);
        distant.setAway(true);

        assertThat(admitted(limiter, 10)).isEqualTo(3);
    }

    @Test
    void holdsItsOwnCountForAWindowAfterTheStoreCameBack() {
        RateLimiter limiter = limiter(server().build(), "10/minute");
        distance.lose(limiter);
        assertThat(admitted(limiter, 20)).isEqualTo(7);
        ticker.advance(Duration.ofSeconds(20));
        distant.setAway(false);

        assertThat(admitted(limiter, 10)).isZero();
        ticker.advance(Duration.ofSeconds(40));
        assertThat(admitted(limiter, 20)).isEqualTo(10);
    }

    @Test
    void givesBackItsOwnCountWhenTheStoreRefuses() {
        RateLimiter other = limiter(distance.otherServer(), "10/minute");
        RateLimiter limiter = limiter(server().rememberedRefusals(0).build(), "10/minute");
        distance.lose(limiter);
        distant.setAway(false);
        ticker.advance(PAUSE);
        assertThat(admitted(other, 10)).isEqualTo(10);
        assertThat(admitted(limiter, 20)).isZero();

        distant.setAway(true);

        assertThat(admitted(limiter, 20)).isEqualTo(7);
    }

    @Test
    void believesTheStoreRatherThanItsOwnCountWhenItHasNotBeenAway() {
        RateLimiter other = limiter(distance.otherServer(), "3/minute");
        RateLimiter limiter = limiter(server().build(), "3/minute");
        assertThat(admitted(limiter, 5)).isEqualTo(3);

        other.reset("key");
        assertThat(admitted(limiter, 5)).isZero();
        ticker.advance(Duration.ofSeconds(1));

        assertThat(admitted(limiter, 5)).isEqualTo(3);
    }

    @Test
    void hasAShareOfEachLimitWhileItIsAlone() {
        RateLimiter limiter = limiter(server().servers(3).build(), "10/minute;2/second");
        distant.setAway(true);

        Decision first = limiter.tryAcquire("key");
        Decision second = limiter.tryAcquire("key");

        assertThat(first.usages()).extracting(Usage::remaining).containsExactly(2L, 0L);
        assertThat(first.usages()).extracting(Usage::limit).isEqualTo(Limit.parseAll("10/minute;2/second"));
        assertThat(second)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.refusedBy()).containsExactly(Limit.parse("2/second")));
    }

    @Test
    void admitsNoMoreThanItsShareWhileItIsAlone() {
        RateLimiter limiter = limiter(server().servers(3).build(), "10/minute");
        distant.setAway(true);

        assertThat(admitted(limiter, 20)).isEqualTo(3);
    }

    @Test
    void saysThatMoreThanAShareMayBePossibleLaterAndMoreThanALimitNever() {
        RateLimiter limiter = limiter(server().servers(3).build(), "10/minute");
        distant.setAway(true);

        assertThat(limiter.tryAcquire("key", 4))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
        assertThat(limiter.tryAcquire("key", 11)).isInstanceOf(Decision.NeverPossible.class);
    }

    @Test
    void resetsItsOwnCountEvenIfTheStoreIsAway() {
        RateLimiter limiter = limiter(server().build(), "1/minute");
        distance.lose(limiter);

        assertThatThrownBy(() -> limiter.reset("key")).isInstanceOf(StoreUnavailableException.class);

        assertThat(admitted(limiter, 2)).isEqualTo(1);
    }

    @Test
    void givesBackWhatBothHaveCounted() {
        RateLimiter limiter = limiter(server().build(), "1/minute");
        Decision.Allowed allowed = (Decision.Allowed) limiter.tryAcquire("key");

        assertThat(allowed.refund()).isTrue();

        assertThat(admitted(limiter, 2)).isEqualTo(1);
        limiter.reset("key");
        ((Decision.Allowed) limiter.tryAcquire("key")).refund();
        distant.setAway(true);
        assertThat(admitted(limiter, 2)).isEqualTo(1);
    }

    private ResilientStore.Builder server() {
        return distance.server();
    }
}
