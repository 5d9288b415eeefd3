package dev.headway.limiter.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Decision;
import dev.headway.limiter.DistantStore;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreFailurePolicy;
import dev.headway.limiter.StoreUnavailableException;
import dev.headway.limiter.Usage;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Claims about limits whose store comes and goes, by a clock that is moved by hand. Threads do not share it. */
class ResilientStoreTest {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 1_000_000_000L);
    private final DistantStore distant = new DistantStore(memory());

    @Test
    void asksTheDistantStoreAsLongAsItAnswers() {
        ResilientStore store = builder().build();
        RateLimiter limiter = limiter(store, "3/minute");

        assertThat(admitted(limiter, 3)).isEqualTo(3);

        assertThat(distant.asked()).isEqualTo(3);
        assertThat(store.health().state()).isEqualTo(StoreHealth.State.CONNECTED);
        assertThat(store.health().failures()).isZero();
    }

    @Test
    void leavesAStoreAloneThatFailedThreeTimesInARow() {
        ResilientStore store = builder().build();
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
        RateLimiter limiter = limiter(builder().build(), "100/minute");
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
        ResilientStore store = builder().build();
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
        ResilientStore store = builder().build();
        RateLimiter limiter = limiter(store, "1000/minute");
        loseTheStore(limiter);
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
        RateLimiter limiter = limiter(builder().build(), "1000/minute");
        loseTheStore(limiter);
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
        RateLimiter limiter = limiter(builder().build(), "10/minute");
        distant.hold();
        CompletableFuture<Decision> decision = ask(limiter, 1);
        distant.setAway(true);

        distant.answer();

        assertThat(decision).isCompletedWithValueMatching(Decision::allowed);
        assertThat(distant.asked()).isEqualTo(1);
    }

    @Test
    void knowsAloneWhatTheStoreGaveThroughIt() {
        RateLimiter limiter = limiter(builder().build(), "10/minute");
        assertThat(admitted(limiter, 7)).isEqualTo(7);
        distant.setAway(true);

        assertThat(admitted(limiter, 10)).isEqualTo(3);
    }

    @Test
    void holdsItsOwnCountForAWindowAfterTheStoreCameBack() {
        RateLimiter limiter = limiter(builder().build(), "10/minute");
        loseTheStore(limiter);
        assertThat(admitted(limiter, 20)).isEqualTo(7);
        ticker.advance(Duration.ofSeconds(20));
        distant.setAway(false);

        assertThat(admitted(limiter, 10)).isZero();
        ticker.advance(Duration.ofSeconds(40));
        assertThat(admitted(limiter, 20)).isEqualTo(10);
    }

    @Test
    void givesBackItsOwnCountWhenTheStoreRefuses() {
        RateLimiter other = limiter(distantTwin(), "10/minute");
        RateLimiter limiter = limiter(builder().rememberedRefusals(0).build(), "10/minute");
        loseTheStore(limiter);
        distant.setAway(false);
        ticker.advance(PAUSE);
        assertThat(admitted(other, 10)).isEqualTo(10);
        assertThat(admitted(limiter, 20)).isZero();

        distant.setAway(true);

        assertThat(admitted(limiter, 20)).isEqualTo(7);
    }

    @Test
    void believesTheStoreRatherThanItsOwnCountWhenItHasNotBeenAway() {
        RateLimiter other = limiter(distantTwin(), "3/minute");
        RateLimiter limiter = limiter(builder().build(), "3/minute");
        assertThat(admitted(limiter, 5)).isEqualTo(3);

        other.reset("key");
        assertThat(admitted(limiter, 5)).isZero();
        ticker.advance(Duration.ofSeconds(1));

        assertThat(admitted(limiter, 5)).isEqualTo(3);
    }

    @Test
    void hasAShareOfEachLimitWhileItIsAlone() {
        RateLimiter limiter = limiter(builder().servers(3).build(), "10/minute;2/second");
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
        RateLimiter limiter = limiter(builder().servers(3).build(), "10/minute");
        distant.setAway(true);

        assertThat(admitted(limiter, 20)).isEqualTo(3);
    }

    @Test
    void saysThatMoreThanAShareMayBePossibleLaterAndMoreThanALimitNever() {
        RateLimiter limiter = limiter(builder().servers(3).build(), "10/minute");
        distant.setAway(true);

        assertThat(limiter.tryAcquire("key", 4))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
        assertThat(limiter.tryAcquire("key", 11)).isInstanceOf(Decision.NeverPossible.class);
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
    void refusesWithoutAskingWhomTheStoreRefusedAMomentAgo() {
        ResilientStore store = builder().build();
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
        RateLimiter limiter = limiter(builder().build(), "2/second");
        admitted(limiter, 2);
        ticker.advance(Duration.ofMillis(900));
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();

        ticker.advance(Duration.ofMillis(100));

        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
    }

    @Test
    void countsTheTimeOfARefusalFromBeforeItWasAsked() {
        RateLimiter limiter = limiter(builder().build(), "1/second");
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
        RateLimiter limiter = limiter(builder().build(), "3/minute");
        limiter.tryAcquire("key", 2);

        assertThat(limiter.tryAcquire("key", 2).allowed()).isFalse();
        assertThat(limiter.tryAcquire("key", 1).allowed()).isTrue();
    }

    @Test
    void seesItsOwnResetAtOnce() {
        RateLimiter limiter = limiter(builder().build(), "1/minute");
        assertThat(admitted(limiter, 2)).isEqualTo(1);

        limiter.reset("key");

        assertThat(admitted(limiter, 2)).isEqualTo(1);
    }

    @Test
    void resetsItsOwnCountEvenIfTheStoreIsAway() {
        RateLimiter limiter = limiter(builder().build(), "1/minute");
        loseTheStore(limiter);

        assertThatThrownBy(() -> limiter.reset("key")).isInstanceOf(StoreUnavailableException.class);

        assertThat(admitted(limiter, 2)).isEqualTo(1);
    }

    @Test
    void remembersRefusalsPerLimitsOfAView() {
        RateLimiter free = limiter(builder().build(), "1/minute");
        RateLimiter paid = free.withLimits(Limit.parseAll("3/minute"));
        assertThat(admitted(free, 3)).isEqualTo(1);

        assertThat(admitted(paid, 3)).isEqualTo(2);
    }

    @Test
    void forgetsRefusalsWhenItsLimitsRise() {
        RateLimiter limiter = limiter(builder().servers(2).build(), "1/minute");
        assertThat(admitted(limiter, 3)).isEqualTo(1);

        limiter.changeLimits(Limit.parseAll("4/minute"));

        assertThat(admitted(limiter, 9)).isEqualTo(3);
        distant.setAway(true);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(admitted(limiter, 9)).isEqualTo(2);
    }

    @Test
    void remembersNoMoreThanItHasPlacesFor() {
        ResilientStore store = builder().rememberedRefusals(1).build();
        RateLimiter limiter = limiter(store, "1/minute");
        for (String key : List.of("a", "b", "a", "b")) {
            limiter.tryAcquire(key);
        }
        int asked = distant.asked();

        assertThat(limiter.tryAcquire("a").allowed()).isFalse();
        assertThat(limiter.tryAcquire("a").allowed()).isFalse();

        assertThat(distant.asked()).isEqualTo(asked + 1);
    }

    @Test
    void givesBackWhatBothHaveCounted() {
        RateLimiter limiter = limiter(builder().build(), "1/minute");
        Decision.Allowed allowed = (Decision.Allowed) limiter.tryAcquire("key");

        assertThat(allowed.refund()).isTrue();

        assertThat(admitted(limiter, 2)).isEqualTo(1);
        limiter.reset("key");
        ((Decision.Allowed) limiter.tryAcquire("key")).refund();
        distant.setAway(true);
        assertThat(admitted(limiter, 2)).isEqualTo(1);
    }

    @Test
    void throwsFaultsThatAreNotTheStoresAbsence() {
        RateLimiter limiter = limiter(builder().build(), "1/minute");

        assertThatThrownBy(() -> limiter.reserve("key", 1, Duration.ofSeconds(1)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        assertThatThrownBy(() -> builder().servers(0)).hasMessage("0 servers; at least 1 is accepted");
        assertThatThrownBy(() -> builder().rememberedRefusals(-1)).hasMessage("-1 refusals; 0 or more are accepted");
        assertThatThrownBy(() -> builder().pauses(PAUSE, Duration.ZERO)).hasMessageStartingWith("pauses from PT0.1S");
    }

    /** However the store comes and goes, as long as it forgets nothing: never more than the limit through this server. */
    @Test
    void neverLetsMoreThanTheLimitPassThroughThisServer() {
        Seeds.forEach(30, random -> {
            ManualTicker time = new ManualTicker(random.nextLong());
            DistantStore flaky =
                    new DistantStore(MemoryStore.builder().ticker(time).build());
            int servers = 1 + random.nextInt(3);
            try (ResilientStore store = ResilientStore.around(flaky)
                    .standIn(MemoryStore.builder().ticker(time).build())
                    .servers(servers)
                    .ticker(time)
                    .build()) {
                RateLimiter limiter = limiter(store, "7/10 second");
                Deque<Long> taken = new ArrayDeque<>();
                long now = 0;
                for (int request = 0; request < 2000; request++) {
                    long step = random.nextInt(3) == 0 ? 0 : random.nextLong(1_500_000_000L);
                    now += step;
                    time.advance(Duration.ofNanos(step));
                    flaky.setAway(random.nextInt(40) == 0 ? random.nextBoolean() : flaky.isAway());
                    if (limiter.tryAcquire("key").allowed()) {
                        taken.addLast(now);
                    }
                    while (!taken.isEmpty() && now - taken.getFirst() >= 10_000_000_000L) {
                        taken.removeFirst();
                    }
                    assertThat(taken).as("request %d", request).hasSizeLessThanOrEqualTo(7);
                }
            }
        });
    }

    private void loseTheStore(RateLimiter limiter) {
        distant.setAway(true);
        for (int failure = 0; failure < 3; failure++) {
            limiter.tryAcquire("key");
        }
    }

    private ResilientStore.Builder builder() {
        return ResilientStore.around(distant)
                .standIn(memory())
                .ticker(ticker)
                .pauses(PAUSE, Duration.ofSeconds(1))
                .chance(() -> 1);
    }

    /** Another server that asks the same store, and keeps nothing of its own. */
    private ResilientStore distantTwin() {
        return ResilientStore.around(distant)
                .ticker(ticker)
                .rememberedRefusals(0)
                .build();
    }

    private MemoryStore memory() {
        return MemoryStore.builder().ticker(ticker).build();
    }

    private static RateLimiter limiter(ResilientStore store, String limits) {
        return RateLimiter.builder()
                .name("one")
                .limits(Limit.parseAll(limits))
                .store(store)
                .build();
    }

    private static CompletableFuture<Decision> ask(RateLimiter limiter, int permits) {
        return limiter.tryAcquireAsync(Key.of("key"), permits).toCompletableFuture();
    }

    private static int admitted(RateLimiter limiter, int requests) {
        int admitted = 0;
        for (int request = 0; request < requests; request++) {
            admitted += limiter.tryAcquire("key").allowed() ? 1 : 0;
        }
        return admitted;
    }
}
