package dev.headway.limiter.resilience;

import static dev.headway.limiter.resilience.Distance.PAUSE;
import static dev.headway.limiter.resilience.Distance.admitted;
import static dev.headway.limiter.resilience.Distance.ask;
import static dev.headway.limiter.resilience.Distance.limiter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.DistantStore;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreFailurePolicy;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Claims about when a store that fails is asked, by a clock that is moved by hand. Threads do not share it. */
class StoreLeftAloneTest {
    private final Distance distance = Distance.nearTheEndOfTime();
    private final ManualTicker ticker = distance.ticker();
    private final DistantStore distant = distance.store();

    @Test
    void asksTheDistantStoreAsLongAsItAnswers() {
        ResilientStore store = server().build();
        RateLimiter limiter = limiter(store, "3/minute");

        assertThat(admitted(limiter, 3)).isEqualTo(3);

        assertThat(distant.asked()).isEqualTo(3);
        assertThat(store.health().state()).isEqualTo(StoreHealth.State.CONNECTED);
        assertThat(store.health().failures()).isZero();
    }

    @Test
    void leavesAStoreAloneThatFailedThreeTimesInARow() {
        ResilientStore store = server().build();
        RateLimiter limiter = limiter(store, "100/minute");
        distant.setAway(true);

        assertThat(admitted(limiter, 50)).isEqualTo(50);

        assertThat(distant.asked()).isEqualTo(3);
        StoreHealth health = store.health();
        assertThat(health.state()).isEqualTo(StoreHealth.State.AWAY);
        assertThat(health.lastFailure()).contains("the store is away");
        assertThat(health.failures()).isEqualTo(3);
        assertThat(health.decidedAlone()).isEqualTo(50);
    }

    @Test
    void doesNotMindFailuresThatAreNotInARow() {
        RateLimiter limiter = limiter(server().build(), "100/minute");
        for (int round = 0; round < 5; round++) {
            distant.setAway(true);
            admitted(limiter, 2);
            distant.setAway(false);
            admitted(limiter, 1);
        }

        assertThat(distant.asked()).isEqualTo(15);
    }

    @Test
    void letsOneRequestProbeAfterAPauseThatDoublesEachTime() {
        ResilientStore store = server().build();
        RateLimiter limiter = limiter(store, "1000/minute");
        distant.setAway(true);
        admitted(limiter, 3);

        for (int pause = 1; pause <= 4; pause *= 2) {
            ticker.advance(PAUSE.multipliedBy(pause).minusNanos(1));
            int before = distant.asked();
            admitted(limiter, 10);
            assertThat(distant.asked()).as("before the pause %d", pause).isEqualTo(before);
            ticker.advance(Duration.ofNanos(1));
            admitted(limiter, 10);
            assertThat(distant.asked()).as("after the pause %d", pause).isEqualTo(before + 1);
        }
    }

    @Test
    void comesBackWithTheFirstProbeThatIsAnswered() {
        ResilientStore store = server().build();
        RateLimiter limiter = limiter(store, "1000/minute");
        distance.lose(limiter);
        distant.setAway(false);
        ticker.advance(PAUSE);
        distant.hold();
        CompletableFuture<Decision> probe = ask(limiter, 1);
        assertThat(store.health().state()).isEqualTo(StoreHealth.State.PROBING);
        int asked = distant.asked();
        assertThat(ask(limiter, 1)).isCompleted();
        assertThat(distant.asked()).isEqualTo(asked);

        distant.answer();

        assertThat(probe).isCompletedWithValueMatching(Decision::allowed);
        assertThat(store.health().state()).isEqualTo(StoreHealth.State.CONNECTED);
        admitted(limiter, 5);
        assertThat(distant.asked()).isEqualTo(asked + 5);
    }

    @Test
    void letsAnotherProbeIfTheFirstNeverEnds() {
        RateLimiter limiter = limiter(server().build(), "1000/minute");
        distance.lose(limiter);
        ticker.advance(PAUSE);
        distant.hold();
        CompletableFuture<Decision> lost = ask(limiter, 1);
        int asked = distant.asked();

        ticker.advance(PAUSE);
        CompletableFuture<Decision> second = ask(limiter, 1);

        assertThat(distant.asked()).isEqualTo(asked + 1);
        assertThat(List.of(lost, second)).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void sendsNoRequestTwiceWhoseReplyWasLost() {
        RateLimiter limiter = limiter(server().build(), "10/minute");
        distant.hold();
        CompletableFuture<Decision> decision = ask(limiter, 1);
        distant.setAway(true);

        distant.answer();

        assertThat(decision).isCompletedWithValueMatching(Decision::allowed);
        assertThat(distant.asked()).isEqualTo(1);
    }

    @Test
    void leavesItToTheLimitersPolicyWhereThereIsNoStandIn() {
        ResilientStore store = ResilientStore.around(distant).ticker(ticker).build();
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parse("1/minute"))
                .store(store)
                .onStoreFailure(StoreFailurePolicy.ALLOW)
                .build();
        distant.setAway(true);

        assertThat(admitted(limiter, 100)).isEqualTo(100);

        assertThat(distant.asked()).isEqualTo(3);
        assertThat(limiter.tryAcquire("key")).isInstanceOfSatisfying(Decision.StoreUnknown.class, unknown -> {
            assertThat(unknown.failure().mayHaveSpent()).isFalse();
            assertThat(unknown.failure()).hasMessageEndingWith("the last time: the store is away");
        });
    }

    @Test
    void throwsFaultsThatAreNotTheStoresAbsence() {
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parse("1/minute"))
                .algorithm(Algorithm.FIXED_WINDOW)
                .store(server().build())
                .build();

        assertThatThrownBy(() -> limiter.reserve("key", 1, Duration.ofSeconds(1)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        assertThatThrownBy(() -> server().servers(0)).hasMessage("0 servers; at least 1 is accepted");
        assertThatThrownBy(() -> server().rememberedRefusals(-1)).hasMessage("-1 refusals; 0 or more are accepted");
        assertThatThrownBy(() -> server().pauses(PAUSE, Duration.ZERO)).hasMessageStartingWith("pauses from PT0.1S");
    }

    private ResilientStore.Builder server() {
        return distance.server();
    }
}
