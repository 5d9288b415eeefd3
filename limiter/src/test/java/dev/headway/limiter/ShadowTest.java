package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Claims about limiters that decide and refuse nobody. Threads do not share it. */
class ShadowTest {
    private final ManualTicker ticker = new ManualTicker();
    private final FlakyStore store =
            new FlakyStore(MemoryStore.builder().ticker(ticker).build());
    private final RateLimiter limiter = RateLimiter.builder()
            .name("one")
            .limits(Limit.of(2, Unit.MINUTE))
            .store(store)
            .shadow()
            .build();

    @Test
    void saysWhatItWouldHaveAnsweredAndRefusesNobody() {
        assertThat(limiter.tryAcquire("key", 2)).isInstanceOf(Decision.Allowed.class);

        Decision decision = limiter.tryAcquire("key");

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Shadowed.class,
                        shadowed -> assertThat(shadowed.instead())
                                .isInstanceOfSatisfying(
                                        Decision.Refused.class,
                                        refused ->
                                                assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1))));
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.usages()).extracting(Usage::remaining).containsExactly(0L);
        assertThat(limiter.tryAcquireNanos("key")).isZero();
    }

    @Test
    void countsAsIfItRefused() {
        limiter.tryAcquire("key");
        ticker.advance(Duration.ofSeconds(30));
        limiter.tryAcquire("key");
        limiter.tryAcquire("key");

        ticker.advance(Duration.ofSeconds(30));

        assertThat(limiter.peek("key", 2)).isInstanceOf(Decision.Shadowed.class);
        assertThat(limiter.tryAcquire("key")).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void letsWhatIsNeverPossibleGoOnToo() {
        assertThat(limiter.tryAcquire("key", 3))
                .isInstanceOfSatisfying(
                        Decision.Shadowed.class,
                        shadowed -> assertThat(shadowed.instead()).isInstanceOf(Decision.NeverPossible.class));
    }

    @Test
    void stopsNobodyWhenTheStoreIsAway() {
        store.setAway(true);

        assertThat(limiter.tryAcquire("key"))
                .isInstanceOfSatisfying(
                        Decision.StoreUnknown.class,
                        unknown -> assertThat(unknown.allowed()).isTrue());
    }

    @Test
    void letsNobodyBeStoppedByThePolicyOfTheStoresFailure() {
        RateLimiter strict = RateLimiter.builder()
                .name("strict")
                .limits(Limit.of(2, Unit.MINUTE))
                .store(store)
                .shadow()
                .onStoreFailure(StoreFailurePolicy.REFUSE)
                .build();
        store.setAway(true);

        assertThat(strict.tryAcquire("key"))
                .isInstanceOfSatisfying(
                        Decision.Shadowed.class,
                        shadowed -> assertThat(shadowed.instead()).isInstanceOf(Decision.StoreUnknown.class));
    }
}
