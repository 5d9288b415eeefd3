package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims about letting only so many in at once. Threads do not share it. */
class ConcurrencyLimiterTest {
    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();
    private final ConcurrencyLimiter limiter = builder().build();

    @Test
    void letsInAsManyAsMayBeInsideAndNoMore() {
        Permit first = enter("key");
        enter("key");

        assertThat(limiter.tryAcquire("key")).isEmpty();
        assertThat(limiter.inside("key")).isEqualTo(2);
        first.close();
        assertThat(limiter.inside("key")).isEqualTo(1);
        assertThat(limiter.tryAcquire("key")).isPresent();
        assertThat(limiter.tryAcquire("key")).isEmpty();
    }

    @Test
    void letsTheNextInWhenABlockEndsHoweverItEnds() {
        assertThatThrownBy(() -> {
                    try (Permit first = enter("key");
                            Permit second = enter("key")) {
                        assertThat(first).isNotSameAs(second);
                        throw new IllegalStateException("work failed");
                    }
                })
                .isInstanceOf(IllegalStateException.class);

        assertThat(limiter.inside("key")).isZero();
    }

    @Test
    void letsOnlyOneInForAPermitThatIsClosedTwice() {
        Permit first = enter("key");
        enter("key");

        first.close();
        first.close();

        assertThat(limiter.tryAcquire("key")).isPresent();
        assertThat(limiter.tryAcquire("key")).isEmpty();
    }

    @Test
    void takesNobodyElsesPlaceAwayBySecondClosing() {
        Permit first = enter("key");
        first.close();
        enter("key");
        enter("key");

        first.close();

        assertThat(limiter.inside("key")).isEqualTo(2);
    }

    @Test
    void countsEachKeyOnItsOwn() {
        enter("key");
        enter("key");

        assertThat(limiter.tryAcquire("other")).isPresent();
        assertThat(limiter.tryAcquire(Key.of(1, 2))).isPresent();
        assertThat(limiter.inside(Key.of(1, 2))).isEqualTo(1);
    }

    @Test
    void keepsAPermitForYearsUnlessToldOtherwise() {
        enter("key");
        enter("key");

        ticker.advance(Duration.ofDays(3650));

        assertThat(limiter.tryAcquire("key")).isEmpty();
    }

    @Test
    void letsLeakedPermitsExpireExactlyWhenAskedTo() {
        ConcurrencyLimiter leased = builder()
                .name("leased")
                .leakedExpireAfter(Duration.ofSeconds(30))
                .build();
        leased.tryAcquire("key");
        ticker.advance(Duration.ofSeconds(10));
        leased.tryAcquire("key");

        ticker.advance(Duration.ofSeconds(20).minusNanos(100));
        assertThat(leased.tryAcquire("key")).isEmpty();
        ticker.advance(Duration.ofNanos(100));
        assertThat(leased.tryAcquire("key")).isPresent();
        assertThat(leased.tryAcquire("key")).isEmpty();
    }

    @Test
    void leavesTheSuccessorOfAnExpiredPermitInPeace() {
        ConcurrencyLimiter leased = builder()
                .name("leased")
                .atMost(1)
                .leakedExpireAfter(Duration.ofSeconds(30))
                .build();
        Permit late = leased.tryAcquire("key").orElseThrow();
        ticker.advance(Duration.ofSeconds(30));
        assertThat(leased.tryAcquire("key")).isPresent();

        late.close();

        assertThat(leased.tryAcquire("key")).isEmpty();
    }

    @Test
    void leavesNothingInTheStoreWhenAllHaveLeft() {
        List<Permit> inside = new ArrayList<>(List.of(enter("key"), enter("key"), enter("other")));

        inside.forEach(Permit::close);

        assertThat(store.statistics().keys()).isZero();
    }

    @Test
    void letsNobodyNewIntoAFullStore() {
        ConcurrencyLimiter small = builder()
                .store(MemoryStore.builder().ticker(ticker).maxKeys(1).build())
                .build();
        Permit only = small.tryAcquire("key").orElseThrow();

        assertThat(small.tryAcquire("other")).isEmpty();
        only.close();
        assertThat(small.tryAcquire("other")).isPresent();
    }

    @Test
    void saysThatAStoreThatTakesNothingBackWillNotDo() {
        LimitStore oneWay = new LimitStore() {
            @Override
            public LimitSpace open(Terms terms) {
                return new OneWaySpace(terms.limits());
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> builder().store(oneWay).build().tryAcquire("key"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("limiter \"exports\": its store takes no permits back, so nobody could leave");
    }

    /** A space that gives and never takes back. */
    private record OneWaySpace(List<Limit> limits) implements LimitSpace {
        @Override
        public Decision tryAcquire(String key, int permits) {
            return new Decision.Allowed(List.of());
        }

        @Override
        public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
            return new Decision.Allowed(List.of());
        }
    }

    @Test
    void knowsItsNameAndHowManyMayBeInside() {
        assertThat(limiter.name()).isEqualTo("exports");
        assertThat(limiter.atMost()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesToLetFewerThanOneIn(int most) {
        assertThatThrownBy(() -> builder().atMost(most)).hasMessage("at most %d inside; at least 1 is accepted", most);
    }

    @Test
    void refusesToBeMadeWithoutWhatItNeeds() {
        assertThatThrownBy(() ->
                        ConcurrencyLimiter.builder().name("a").store(store).build())
                .hasMessage("limiter \"a\" lets nobody in; atMost(1) lets in one");
        assertThatThrownBy(
                        () -> ConcurrencyLimiter.builder().name("a").atMost(1).build())
                .hasMessage("limiter \"a\" has no store; MemoryStore.builder().build() makes one");
        assertThatThrownBy(() -> builder().leakedExpireAfter(Duration.ofMillis(1500)))
                .hasMessage("a lease of PT1.5S; whole seconds from 1 to 2147483647 are accepted");
    }

    private Permit enter(String key) {
        Optional<Permit> permit = limiter.tryAcquire(key);
        return permit.orElseThrow();
    }

    private ConcurrencyLimiter.Builder builder() {
        return ConcurrencyLimiter.builder().name("exports").atMost(2).store(store);
    }
}
