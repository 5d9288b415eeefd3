package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import org.junit.jupiter.api.Test;

/** Claims about what a limiter makes of a store that gives no decision. Threads do not share it. */
class StoreFailureTest {
    private final FlakyStore store =
            new FlakyStore(MemoryStore.builder().ticker(new ManualTicker()).build());

    @Test
    void throwsTheStoresExceptionUnlessToldOtherwise() {
        RateLimiter limiter = limiter().build();
        store.setAway(true);

        assertThatThrownBy(() -> limiter.tryAcquire("key"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        failure -> assertThat(failure.mayHaveSpent()).isTrue())
                .hasMessage("the store is away");
    }

    @Test
    void throwsWhenThrowingIsThePolicyEvenInShadowMode() {
        RateLimiter limiter =
                limiter().shadow().onStoreFailure(StoreFailurePolicy.THROW).build();
        store.setAway(true);

        assertThatThrownBy(() -> limiter.tryAcquire("key")).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void allowsAndSaysThatNothingIsKnown() {
        RateLimiter limiter = limiter().onStoreFailure(StoreFailurePolicy.ALLOW).build();
        store.setAway(true);

        Decision decision = limiter.tryAcquire(1, 2, 1);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.StoreUnknown.class,
                        unknown -> assertThat(unknown.failure()).hasMessage("the store is away"));
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.usages()).isEmpty();
        assertThat(limiter.tryAcquireNanos("key")).isZero();
        assertThat(limiter.peek("key", 1).allowed()).isTrue();
    }

    @Test
    void refusesAndSaysThatNothingIsKnown() {
        RateLimiter limiter =
                limiter().onStoreFailure(StoreFailurePolicy.REFUSE).build();
        store.setAway(true);

        assertThat(limiter.tryAcquire("key"))
                .isInstanceOfSatisfying(
                        Decision.StoreUnknown.class,
                        unknown -> assertThat(unknown.allowed()).isFalse());
        assertThat(limiter.tryAcquireNanos(1, 2, 1)).isEqualTo(LimitSpace.UNKNOWN);
    }

    @Test
    void goesOnWithTheStoreWhenItIsBack() {
        RateLimiter limiter = limiter().onStoreFailure(StoreFailurePolicy.ALLOW).build();
        limiter.tryAcquire("key");
        store.setAway(true);
        limiter.tryAcquire("key");

        store.setAway(false);

        assertThat(limiter.tryAcquire("key")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void neverAsksThePolicyAboutAnAnswerOfTheStore() {
        RateLimiter limiter = limiter().onStoreFailure(StoreFailurePolicy.ALLOW).build();

        assertThat(limiter.tryAcquire("key", 2)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(limiter.tryAcquire("key")).isInstanceOf(Decision.Allowed.class);
        assertThat(limiter.tryAcquire("key")).isInstanceOf(Decision.Refused.class);
        assertThatThrownBy(() -> limiter.tryAcquire("key", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private RateLimiter.Builder limiter() {
        return RateLimiter.builder()
                .name("one")
                .limits(Limit.of(1, Unit.MINUTE))
                .store(store);
    }
}
