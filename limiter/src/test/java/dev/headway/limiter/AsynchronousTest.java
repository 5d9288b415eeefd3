package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Claims about decisions for which no thread waits. Threads do not share it. */
class AsynchronousTest {
    private static final Key KEY = Key.of("key");

    private final ManualTicker ticker = new ManualTicker();
    private final LimitStore memory = MemoryStore.builder().ticker(ticker).build();
    private final DistantStore store = new DistantStore(memory);

    @Test
    void aStoreInMemoryAnswersAtOnce() {
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parse("1/minute"))
                .store(memory)
                .build();

        assertThat(ask(limiter)).isCompletedWithValueMatching(Decision::allowed);
        assertThat(ask(limiter)).isCompletedWithValueMatching(decision -> decision instanceof Decision.Refused);
        assertThat(limiter.peekAsync(KEY, 1).toCompletableFuture())
                .isCompletedWithValueMatching(decision -> decision instanceof Decision.Refused);
    }

    @Test
    void aDistantStoreAnswersWhenItHasDecided() {
        store.hold();
        CompletableFuture<Decision> decision = ask(limiter().build());
        assertThat(decision).isNotDone();

        store.answer();

        assertThat(decision).isCompletedWithValueMatching(Decision::allowed);
    }

    @Test
    void failsWithTheStoresExceptionUnlessToldOtherwise() {
        store.setAway(true);

        assertThatThrownBy(() -> ask(limiter().build()).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void failsWithTheStoresExceptionAlsoWhereItIsThrown() {
        FlakyStore flaky = new FlakyStore(memory);
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parse("1/minute"))
                .store(flaky)
                .build();
        flaky.setAway(true);

        assertThat(ask(limiter)).isCompletedExceptionally();
        assertThat(limiter.peekAsync(KEY, 1).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void thePolicyMakesAnAnswerOfAFailureThatComesLater() {
        RateLimiter limiter =
                limiter().onStoreFailure(StoreFailurePolicy.REFUSE).build();
        store.hold();
        CompletableFuture<Decision> decision = ask(limiter);
        store.setAway(true);

        store.answer();

        assertThat(decision)
                .isCompletedWithValueMatching(
                        answer -> answer instanceof Decision.StoreUnknown unknown && !unknown.allowed());
    }

    @Test
    void thePolicyHidesNoFaultOfAnotherKind() {
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parse("1/minute"))
                .store(new ClosedStore())
                .onStoreFailure(StoreFailurePolicy.ALLOW)
                .build();

        assertThatThrownBy(() -> ask(limiter).join()).hasRootCauseMessage("closed");
    }

    @Test
    void listenersHearTheDecisionWhenItIsMade() {
        List<Boolean> heard = new ArrayList<>();
        RateLimiter limiter = limiter()
                .listener((name, key, permits, decision) -> heard.add(decision.allowed()))
                .build();
        store.hold();
        CompletableFuture<Decision> first = ask(limiter);
        CompletableFuture<Decision> second = ask(limiter);
        assertThat(heard).isEmpty();

        store.answer();

        assertThat(CompletableFuture.allOf(first, second)).isCompleted();
        assertThat(heard).containsExactly(true, false);
    }

    @Test
    void shadowModeLetsGoOnWhoWouldBeRefused() {
        RateLimiter limiter = limiter().shadow().build();
        use(limiter);

        assertThat(ask(limiter)).isCompletedWithValueMatching(decision -> decision instanceof Decision.Shadowed);
    }

    @Test
    void limitsMayDependOnTheKey() {
        RateLimiter limiter = limiter()
                .limitsFor(key -> Limit.parseAll(key.equals(KEY) ? "2/minute" : "1/minute"))
                .build();

        assertThat(ask(limiter)).isCompletedWithValueMatching(Decision::allowed);
        assertThat(limiter.peekAsync(KEY, 1).toCompletableFuture()).isCompletedWithValueMatching(Decision::allowed);
        assertThat(ask(limiter)).isCompletedWithValueMatching(Decision::allowed);
        assertThat(ask(limiter)).isCompletedWithValueMatching(decision -> !decision.allowed());
    }

    @Test
    void shutsOutWhoIsRefusedTooOftenAndWaitsForNobody() {
        RateLimiter limiter = limiter()
                .penalty(new Penalty(Limit.parse("2/minute"), Duration.ofMinutes(10)))
                .build();
        use(limiter);
        store.hold();

        CompletableFuture<Decision> first = ask(limiter);
        store.answer();
        CompletableFuture<Decision> second = ask(limiter);
        CompletableFuture<Decision> third = ask(limiter);

        assertThat(cause(first)).isEqualTo(Decision.Cause.LIMIT);
        assertThat(cause(second)).isEqualTo(Decision.Cause.PENALTY);
        assertThat(cause(third)).isEqualTo(Decision.Cause.PENALTY);
        ticker.advance(Duration.ofMinutes(10));
        assertThat(ask(limiter)).isCompletedWithValueMatching(Decision::allowed);
    }

    @Test
    void aRefusalStandsWhenItCannotBeCounted() {
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parse("1/minute"))
                .store(new OnlyOnce(store))
                .penalty(new Penalty(Limit.parse("1/minute"), Duration.ofMinutes(10)))
                .build();
        use(limiter);

        assertThat(cause(ask(limiter))).isEqualTo(Decision.Cause.LIMIT);
    }

    private static Decision.Cause cause(CompletableFuture<Decision> decision) {
        return ((Decision.Refused) decision.join()).cause();
    }

    private static void use(RateLimiter limiter) {
        assertThat(ask(limiter)).isCompleted();
    }

    private static CompletableFuture<Decision> ask(RateLimiter limiter) {
        return limiter.tryAcquireAsync(KEY, 1).toCompletableFuture();
    }

    private RateLimiter.Builder limiter() {
        return RateLimiter.builder().name("one").limits(Limit.parse("1/minute")).store(store);
    }

    /** A store that somebody has closed; stateless. */
    private static final class ClosedStore implements LimitStore {
        @Override
        public LimitSpace open(Terms terms) {
            return new LimitSpace() {
                @Override
                public List<Limit> limits() {
                    return terms.limits();
                }

                @Override
                public Decision tryAcquire(String key, int permits) {
                    throw new IllegalStateException("closed");
                }

                @Override
                public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
                    throw new IllegalStateException("closed");
                }

                @Override
                public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
                    return CompletableFuture.failedFuture(new IllegalStateException("closed"));
                }
            };
        }

        @Override
        public void close() {}
    }

    /** A store that fails to take permits in its spaces for knocks; not for sharing between threads. */
    private record OnlyOnce(DistantStore store) implements LimitStore {
        @Override
        public LimitSpace open(Terms terms) {
            LimitSpace space = store.open(terms);
            return terms.name().endsWith(".knocks") ? new FlakyKnocks(space) : space;
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private record FlakyKnocks(LimitSpace space) implements LimitSpace {
        @Override
        public List<Limit> limits() {
            return space.limits();
        }

        @Override
        public Decision tryAcquire(String key, int permits) {
            return space.tryAcquire(key, permits);
        }

        @Override
        public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
            return space.tryAcquire(keyHigh, keyLow, permits);
        }

        @Override
        public CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
            return CompletableFuture.failedFuture(new StoreUnavailableException("gone", new IllegalStateException()) {
                private static final long serialVersionUID = 1;

                @Override
                public boolean mayHaveSpent() {
                    return false;
                }
            });
        }
    }
}
