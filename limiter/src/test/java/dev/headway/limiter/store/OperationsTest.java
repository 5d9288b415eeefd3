package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Snapshot;
import dev.headway.limiter.Unit;
import dev.headway.limiter.Usage;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims about peeking, forgetting and giving back. Threads do not share it. */
class OperationsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();

    /** Asked for in upstash/ratelimit-js#17 and go-redis/redis_rate#104: see the rest without taking. */
    @Test
    void peekingTellsWhatAnAcquisitionWouldAndTakesNothing() {
        RateLimiter limiter = limiter("2/minute", Algorithm.SLIDING_WINDOW);

        assertThat(limiter.peek("key", 2).allowed()).isTrue();
        assertThat(limiter.peek("key", 3)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(store.statistics().keys()).isZero();
        limiter.tryAcquire("key");
        assertThat(limiter.peek("key", 1).usages()).extracting(Usage::remaining).containsExactly(1L);
        assertThat(limiter.peek("key", 2))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1)));
        assertThat(limiter.peek("key", 3)).isInstanceOf(Decision.NeverPossible.class);
        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
    }

    @Test
    void aSnapshotTellsHowLongAgoEachPermitWasTaken() {
        RateLimiter limiter = limiter("5/minute", Algorithm.SLIDING_WINDOW);
        limiter.tryAcquire("key", 2);
        ticker.advance(Duration.ofSeconds(40));
        limiter.tryAcquire("key");

        Snapshot snapshot = limiter.snapshot(Key.of("key"));

        assertThat(snapshot.permitAges())
                .containsExactly(Duration.ZERO, Duration.ofSeconds(40), Duration.ofSeconds(40));
        assertThat(snapshot.usages()).extracting(Usage::remaining).containsExactly(2L);
        assertThat(limiter.snapshot(Key.of("other")))
                .isEqualTo(new Snapshot(List.of(Usage.untouched(Limit.parse("5/minute"))), List.of()));
        ticker.advance(Duration.ofSeconds(20));
        assertThat(limiter.snapshot(Key.of("key")).permitAges()).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void aSnapshotOfACountKnowsNoSinglePermits() {
        RateLimiter limiter = limiter("5/minute", Algorithm.FIXED_WINDOW);
        limiter.tryAcquire("key", 2);

        assertThat(limiter.snapshot(Key.of("key")).permitAges()).isEmpty();
        assertThat(limiter.snapshot(Key.of("key")).usages().get(0).remaining()).isEqualTo(3);
    }

    @Test
    void peekingLeavesNothingToGiveBack() {
        RateLimiter limiter = limiter("2/minute", Algorithm.SLIDING_WINDOW);

        assertThat(((Decision.Allowed) limiter.peek(Key.of(1, 2), 1)).refund()).isFalse();
    }

    /** alisaifee/limits#276: clear did nothing for one of the algorithms. */
    @Test
    void resettingAKeyForgetsItUnderEveryAlgorithm() {
        for (Algorithm algorithm : Algorithm.values()) {
            RateLimiter limiter = limiter("2/minute", algorithm);
            limiter.tryAcquire("key", 2);
            limiter.tryAcquire("other", 2);
            limiter.tryAcquire(1, 2, 2);

            limiter.reset("key");
            limiter.reset(Key.of(1, 2));
            limiter.reset("never seen");

            assertThat(limiter.tryAcquire("key", 2).allowed())
                    .as("%s", algorithm)
                    .isTrue();
            assertThat(limiter.tryAcquire(1, 2, 2).allowed())
                    .as("%s", algorithm)
                    .isTrue();
            assertThat(limiter.tryAcquire("other").allowed())
                    .as("%s", algorithm)
                    .isFalse();
        }
    }

    /** Declined in resilience4j#314: give a permit back after the work was cancelled. */
    @Test
    void refundingGivesBackTheVeryPermitsThatWereTaken() {
        RateLimiter limiter = limiter("2/minute", Algorithm.SLIDING_WINDOW);
        Decision.Allowed first = (Decision.Allowed) limiter.tryAcquire("key");
        ticker.advance(Duration.ofSeconds(30));
        limiter.tryAcquire("key");

        assertThat(first.refund()).isTrue();

        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
        ticker.advance(Duration.ofSeconds(30));
        assertThat(limiter.tryAcquire("key").allowed())
                .as("the later permit still counts")
                .isFalse();
        ticker.advance(Duration.ofSeconds(30));
        assertThat(limiter.tryAcquire("key", 2).allowed()).isTrue();
    }

    @Test
    void refundsOnceAndOnlyWhatStillMatters() {
        RateLimiter limiter = limiter("2/minute", Algorithm.SLIDING_WINDOW);
        Decision.Allowed old = (Decision.Allowed) limiter.tryAcquire("old");
        Decision.Allowed once = (Decision.Allowed) limiter.tryAcquire("key");
        limiter.tryAcquire("key");

        assertThat(once.refund()).isTrue();
        assertThat(once.refund()).isFalse();
        assertThat(limiter.tryAcquire("key", 2).allowed()).isFalse();
        ticker.advance(Duration.ofMinutes(1));
        assertThat(old.refund()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SLIDING_WINDOW", "FIXED_WINDOW", "SLIDING_WINDOW_COUNTER"}) // the others keep count of takings
    void freesThePlaceOfAKeyThatHasGivenEverythingBack(Algorithm algorithm) {
        RateLimiter limiter = limiter("3/minute; 50/hour", algorithm);
        Decision.Allowed all = (Decision.Allowed) limiter.tryAcquire("key");

        assertThat(all.refund()).isTrue();

        assertThat(store.statistics().keys()).isZero();
        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
    }

    @Test
    void noticesThatAKeyDiesSoonerAfterARefund() {
        MemoryStore small = MemoryStore.builder().maxKeys(1).ticker(ticker).build();
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.of(2, Unit.MINUTE))
                .store(small)
                .build();
        limiter.tryAcquire("key");
        ticker.advance(Duration.ofSeconds(50));
        Decision.Allowed later = (Decision.Allowed) limiter.tryAcquire("key");
        ticker.advance(Duration.ofSeconds(10));
        assertThat(limiter.tryAcquire("new").allowed()).isFalse();

        later.refund();

        assertThat(limiter.tryAcquire("new").allowed()).isTrue();
    }

    @Test
    void givesBackUnderEveryAlgorithm() {
        for (Algorithm algorithm : Algorithm.values()) {
            RateLimiter limiter = limiter("2/minute; 50/hour", algorithm);
            Decision.Allowed taken = (Decision.Allowed) limiter.tryAcquire("key", 2);
            assertThat(limiter.tryAcquire("key").allowed()).isFalse();

            assertThat(taken.refund()).as("%s", algorithm).isTrue();
            assertThat(taken.refund()).as("%s", algorithm).isFalse();

            assertThat(limiter.tryAcquire("key", 2).allowed())
                    .as("%s", algorithm)
                    .isTrue();
        }
    }

    @Test
    void givesNothingBackOfPermitsTakenBeforeWindowsChangedTheirLength() {
        RateLimiter limiter = limiter("2/minute", Algorithm.TOKEN_BUCKET);
        Decision.Allowed taken = (Decision.Allowed) limiter.tryAcquire("key", 2);

        limiter.changeLimits(Limit.parseAll("2/hour; 50/day"));

        assertThat(taken.refund()).isFalse();
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();
    }

    @Test
    void saysWhatAStoreCannotDo() {
        LimitSpace plain = new LimitSpace() {
            @Override
            public List<Limit> limits() {
                return List.of();
            }

            @Override
            public Decision tryAcquire(String key, int permits) {
                return new Decision.Allowed(List.of());
            }

            @Override
            public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
                return new Decision.Allowed(List.of());
            }
        };

        Key key = Key.of("key");
        assertThatThrownBy(() -> plain.peek(key, 1)).hasMessage("this store cannot peek");
        assertThatThrownBy(() -> plain.reset(key)).hasMessage("this store cannot reset");
        assertThatThrownBy(() -> plain.reserve(key, 1, 0)).hasMessage("this store cannot reserve");
        assertThatThrownBy(() -> plain.withLimits(List.of()))
                .hasMessage("this store cannot keep one key under different limits");
        assertThatThrownBy(() -> plain.changeLimits(List.of())).hasMessage("this store cannot change limits");
        assertThatThrownBy(() -> Receipt.none().refund()).hasMessage("this store takes no permits back");
    }

    /** Refunds of old, new, double and expired permits: what was not given back never exceeds the limit. */
    @Test
    void neverCountsMoreThanTheLimitOfWhatWasNotGivenBack() {
        Seeds.forEach(100, random -> {
            int permits = 1 + random.nextInt(12);
            ManualTicker clock = new ManualTicker();
            RateLimiter limiter = RateLimiter.builder()
                    .name("one")
                    .limits(Limit.of(permits, Unit.MINUTE))
                    .store(MemoryStore.builder().ticker(clock).build())
                    .build();
            List<Taken> kept = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                clock.advance(Duration.ofNanos(random.nextInt(3) == 0 ? 0 : random.nextLong(10_000_000_000L)));
                if (random.nextInt(3) == 0 && !kept.isEmpty()) {
                    giveBack(kept, random);
                } else if (limiter.tryAcquire(1, 2, 1) instanceof Decision.Allowed allowed) {
                    kept.add(new Taken(clock.nanos(), allowed));
                }
            }
            assertNeverExceeded(kept, permits);
        });
    }

    /** A permit that was taken at a time. */
    private record Taken(long nanos, Decision.Allowed allowed) {}

    private static void giveBack(List<Taken> kept, Random random) {
        Taken taken = kept.get(random.nextInt(kept.size()));
        if (taken.allowed().refund()) {
            kept.remove(taken);
            assertThat(taken.allowed().refund()).isFalse();
        }
    }

    private static void assertNeverExceeded(List<Taken> kept, int permits) {
        long window = Unit.MINUTE.length().toNanos();
        kept.sort(Comparator.comparingLong(Taken::nanos));
        for (int k = permits; k < kept.size(); k++) {
            assertThat(kept.get(k).nanos() - kept.get(k - permits).nanos()).isGreaterThanOrEqualTo(window);
        }
    }

    private RateLimiter limiter(String limits, Algorithm algorithm) {
        return RateLimiter.builder()
                .name(algorithm.toString())
                .limits(Limit.parseAll(limits))
                .algorithm(algorithm)
                .store(store)
                .build();
    }
}
