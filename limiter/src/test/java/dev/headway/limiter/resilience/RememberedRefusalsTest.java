package dev.headway.limiter.resilience;

import static dev.headway.limiter.resilience.Distance.admitted;
import static dev.headway.limiter.resilience.Distance.ask;
import static dev.headway.limiter.resilience.Distance.limiter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.DistantStore;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Claims about keys that are refused without asking, since the store has just refused them. Threads do not share it. */
class RememberedRefusalsTest {
    private final Distance distance = Distance.nearTheEndOfTime();
    private final ManualTicker ticker = distance.ticker();
    private final DistantStore distant = distance.store();

    @Test
    void refusesWithoutAskingWhomTheStoreRefusedAMomentAgo() {
        ResilientStore store = server().build();
        RateLimiter limiter = limiter(store, "2/minute");
        admitted(limiter, 2);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();
        int asked = distant.asked();

        ticker.advance(Duration.ofMillis(999));
        Decision decision = limiter.tryAcquire("key");

        assertThat(distant.asked()).isEqualTo(asked);
        assertThat(store.health().refusedFromMemory()).isEqualTo(1);
        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(49_001));
            assertThat(refused.usages().get(0).nextPermitAfter()).isEqualTo(Duration.ofMillis(49_001));
        });
        assertThat(limiter.peek("key", 2).allowed()).isFalse();
        assertThat(distant.asked()).isEqualTo(asked);
        ticker.advance(Duration.ofMillis(1));
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();
        assertThat(distant.asked()).isEqualTo(asked + 1);
    }

    @Test
    void remembersARefusalNoLongerThanItIsTrue() {
        RateLimiter limiter = limiter(server().build(), "2/second");
        admitted(limiter, 2);
        ticker.advance(Duration.ofMillis(900));
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();

        ticker.advance(Duration.ofMillis(100));

        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
    }

    @Test
    void countsTheTimeOfARefusalFromBeforeItWasAsked() {
        RateLimiter limiter = limiter(server().build(), "1/second");
        admitted(limiter, 1);
        distant.hold();
        CompletableFuture<Decision> refused = ask(limiter, 1);
        ticker.advance(Duration.ofMillis(400));
        distant.answer();
        assertThat(refused).isCompletedWithValueMatching(decision -> !decision.allowed());

        ticker.advance(Duration.ofMillis(600));

        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
    }

    @Test
    void doesNotTakeARefusalOfManyForOneOfFew() {
        RateLimiter limiter = limiter(server().build(), "3/minute");
        limiter.tryAcquire("key", 2);

        assertThat(limiter.tryAcquire("key", 2).allowed()).isFalse();
        assertThat(limiter.tryAcquire("key", 1).allowed()).isTrue();
    }

    @Test
    void seesItsOwnResetAtOnce() {
        RateLimiter limiter = limiter(server().build(), "1/minute");
        assertThat(admitted(limiter, 2)).isEqualTo(1);

        limiter.reset("key");

        assertThat(admitted(limiter, 2)).isEqualTo(1);
    }

    @Test
    void remembersRefusalsPerLimitsOfAView() {
        RateLimiter free = limiter(server().build(), "1/minute");
        RateLimiter paid = free.withLimits(Limit.parseAll("3/minute"));
        assertThat(admitted(free, 3)).isEqualTo(1);

        assertThat(admitted(paid, 3)).isEqualTo(2);
    }

    @Test
    void forgetsRefusalsWhenItsLimitsRise() {
        RateLimiter limiter = limiter(server().servers(2).build(), "1/minute");
        assertThat(admitted(limiter, 3)).isEqualTo(1);

        limiter.changeLimits(Limit.parseAll("4/minute"));

        assertThat(admitted(limiter, 9)).isEqualTo(3);
        distant.setAway(true);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(admitted(limiter, 9)).isEqualTo(2);
    }

    @Test
    void remembersNoMoreThanItHasPlacesFor() {
        ResilientStore store = server().rememberedRefusals(1).build();
        RateLimiter limiter = limiter(store, "1/minute");
        for (String key : List.of("a", "b", "a", "b")) {
            limiter.tryAcquire(key);
        }
        int asked = distant.asked();

        assertThat(limiter.tryAcquire("a").allowed()).isFalse();
        assertThat(limiter.tryAcquire("a").allowed()).isFalse();

        assertThat(distant.asked()).isEqualTo(asked + 1);
    }

    private ResilientStore.Builder server() {
        return distance.server();
    }
}
