package dev.headway.limiter.resilience;

import static dev.headway.limiter.resilience.Distance.PAUSE;
import static dev.headway.limiter.resilience.Distance.admitted;
import static dev.headway.limiter.resilience.Distance.limiter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Decision;
import dev.headway.limiter.JointDecision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreUnavailableException;
import dev.headway.limiter.Usage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about permits of several keys at once, whose store comes and goes. Threads do not share it. */
class ResilientJointTest {
    private final Distance distance = Distance.nearTheEndOfTime();

    @Test
    void countsAlongWhatTheStoreGaveOfSeveralKeys() {
        RateLimiter limiter = limiter(distance.server().build(), "10/minute");
        assertThat(take(limiter, 7, 4).allowed()).isTrue();
        distance.store().setAway(true);

        assertThat(admitted(limiter, 20)).isEqualTo(3);
        assertThat(limiter.tryAcquire("other", 7).allowed()).isFalse();
        assertThat(limiter.tryAcquire("other", 6).allowed()).isTrue();
    }

    @Test
    void takesOfTheSharesAllOrNoneWhileTheStoreIsAway() {
        RateLimiter limiter = limiter(distance.server().servers(2).build(), "10/minute");
        distance.store().setAway(true);
        limiter.tryAcquire("other", 3);

        assertThat(take(limiter, 4, 3).allowed()).isFalse();
        JointDecision decision = take(limiter, 4, 2);

        assertThat(decision.allowed()).isTrue();
        assertThat(decision.decisions().get(0).usages())
                .extracting(Usage::limit, Usage::remaining)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Limit.parse("10/minute"), 1L));
        assertThat(admitted(limiter, 20)).isEqualTo(1);
    }

    @Test
    void asksAStoreThatIsAwayNoMoreThanForOneKey() {
        ResilientStore store = distance.server().build();
        RateLimiter limiter = limiter(store, "100/minute");
        distance.store().setAway(true);

        for (int request = 0; request < 20; request++) {
            assertThat(take(limiter, 1, 1).allowed()).isTrue();
        }

        assertThat(distance.store().asked()).isEqualTo(3);
        assertThat(store.health().decidedAlone()).isEqualTo(20);
    }

    @Test
    void mustFitItsOwnCountForAWindowAfterTheStoreCameBack() {
        RateLimiter limiter = limiter(distance.server().build(), "10/minute");
        distance.lose(limiter);
        assertThat(take(limiter, 5, 5).allowed()).isTrue();
        distance.store().setAway(false);
        distance.ticker().advance(PAUSE);
        int asked = distance.store().asked();

        assertThat(take(limiter, 3, 1).allowed()).isFalse();
        assertThat(distance.store().asked()).as("refused here").isEqualTo(asked);
        assertThat(take(limiter, 2, 1).allowed()).isTrue();
        assertThat(distance.store().asked()).isEqualTo(asked + 1);
        distance.ticker().advance(Duration.ofMinutes(1));
        assertThat(take(limiter, 10, 10).allowed()).isTrue();
    }

    @Test
    void takesBackItsOwnCountWhenTheStoreRefuses() {
        RateLimiter other = limiter(distance.otherServer(), "10/minute");
        RateLimiter limiter = limiter(distance.server().rememberedRefusals(0).build(), "10/minute");
        distance.lose(limiter);
        distance.store().setAway(false);
        distance.ticker().advance(PAUSE);
        assertThat(other.tryAcquire("other", 10).allowed()).isTrue();
        assertThat(take(limiter, 2, 1).allowed()).isFalse();

        distance.store().setAway(true);

        assertThat(admitted(limiter, 20)).isEqualTo(7);
    }

    @Test
    void refusesEachAloneWhomTheStoreRefusedTogether() {
        RateLimiter limiter = limiter(distance.server().build(), "2/minute");
        take(limiter, 2, 1);
        assertThat(take(limiter, 1, 1).allowed()).isFalse();
        int asked = distance.store().asked();

        assertThat(admitted(limiter, 5)).isZero();

        assertThat(distance.store().asked()).isEqualTo(asked);
    }

    @Test
    void givesBackWhatBothHaveCounted() {
        RateLimiter limiter = limiter(distance.server().build(), "3/minute");
        JointDecision decision = take(limiter, 3, 2);

        assertThat(decision.refund()).isTrue();
        assertThat(decision.refund()).isFalse();

        assertThat(limiter.peek("key", 3).allowed()).isTrue();
        distance.store().setAway(true);
        assertThat(admitted(limiter, 20)).isEqualTo(3);
    }

    @Test
    void goesOnWithoutALimiterInShadowModeWhereverItIsDecided() {
        ResilientStore store = distance.server().build();
        RateLimiter limiter = limiter(store, "9/minute");
        RateLimiter shadow = RateLimiter.builder()
                .name("shadow")
                .limits(Limit.parse("1/minute"))
                .store(store)
                .shadow()
                .build();

        for (int request = 0; request < 6; request++) {
            distance.store().setAway(request >= 3);
            JointDecision decision =
                    RateLimiter.tryAcquireAll(List.of(limiter.claim("key", 1), shadow.claim("key", 1)));
            assertThat(decision.allowed()).isTrue();
            assertThat(decision.decisions().get(1) instanceof Decision.Shadowed).isEqualTo(request > 0);
        }
        assertThat(admitted(limiter, 20)).isEqualTo(3);
    }

    @Test
    void failsWithoutAStandIn() {
        RateLimiter limiter = limiter(
                ResilientStore.around(distance.store())
                        .ticker(distance.ticker())
                        .build(),
                "3/minute");
        distance.store().setAway(true);

        assertThatThrownBy(() -> take(limiter, 1, 1)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void saysWhatCannotBeJoinedWhetherTheStoreAnswersOrNot() {
        RateLimiter here = limiter(distance.server().build(), "3/minute");
        RateLimiter there = limiter(distance.server().build(), "3/minute");

        for (boolean isAway : new boolean[] {false, true}) {
            distance.store().setAway(isAway);
            assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of(here.claim("a", 1), there.claim("b", 1))))
                    .hasMessage("key \"b\" is claimed in another store; joint requests are accepted within one");
            assertThatThrownBy(() -> RateLimiter.tryAcquireAll(List.of(here.claim("a", 1), here.claim("a", 1))))
                    .hasMessage("a key is claimed twice of one limiter; one claim for the sum is accepted");
        }
    }

    private static JointDecision take(RateLimiter limiter, int permits, int ofOther) {
        return RateLimiter.tryAcquireAll(List.of(limiter.claim("key", permits), limiter.claim("other", ofOther)));
    }
}
