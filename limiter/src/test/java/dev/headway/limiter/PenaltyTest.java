package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims about keys that keep knocking: three refusals within a minute shut out for ten. Threads do not share it. */
class PenaltyTest {
    private final ManualTicker ticker = new ManualTicker();
    private final FlakyStore store =
            new FlakyStore(MemoryStore.builder().ticker(ticker).build());
    private final RateLimiter limiter = limiter("1/10 second").build();

    @Test
    void shutsOutWhoIsRefusedTooOften() {
        limiter.tryAcquire("key");

        assertThat(refusal("key").cause()).isEqualTo(Decision.Cause.LIMIT);
        assertThat(refusal("key").cause()).isEqualTo(Decision.Cause.LIMIT);
        assertThat(refusal("key").cause()).isEqualTo(Decision.Cause.PENALTY);
        assertThat(refusal("key").cause()).isEqualTo(Decision.Cause.PENALTY);
        assertThat(limiter.tryAcquire("other").allowed()).isTrue();
    }

    @Test
    void tellsTheVeryTimeAtWhichTheRequestFitsAgain() {
        shutOut("key");
        assertThat(refusal("key").retryAfter()).isEqualTo(Duration.ofMinutes(10));
        ticker.advance(Duration.ofMinutes(4));

        assertThat(refusal("key").retryAfter()).isEqualTo(Duration.ofMinutes(6));

        ticker.advance(Duration.ofMinutes(6).minusNanos(1000));
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();
        ticker.advance(Duration.ofNanos(1000));
        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
    }

    @Test
    void tellsTheTimeOfTheLimitsWhereTheyMakeItWaitLonger() {
        RateLimiter slow = limiter("1/hour").name("slow").build();
        slow.tryAcquire("key");
        ticker.advance(Duration.ofMinutes(1));

        for (int i = 0; i < 4; i++) {
            Decision.Refused refused = (Decision.Refused) slow.tryAcquire("key");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(59));
            assertThat(refused.usages()).extracting(Usage::remaining).containsExactly(0L);
        }
        ticker.advance(Duration.ofMinutes(59));
        assertThat(slow.tryAcquire("key").allowed()).isTrue();
    }

    @Test
    void refusesThoughTheLimitHasRoomAndNamesAllLimits() {
        shutOut("key");
        ticker.advance(Duration.ofSeconds(10));

        Decision.Refused refused = refusal("key");

        assertThat(refused.cause()).isEqualTo(Decision.Cause.PENALTY);
        assertThat(refused.usages()).extracting(Usage::remaining).containsExactly(1L);
        assertThat(refused.refusedBy()).isEqualTo(limiter.limits());
        assertThat(limiter.peek("key", 1)).isEqualTo(refused);
        assertThat(limiter.tryAcquire("key", 2)).isInstanceOf(Decision.NeverPossible.class);
    }

    @Test
    void mayDifferBetweenLimitersOfOneName() {
        RateLimiter lenient = limiter("1/10 second")
                .penalty(new Penalty(Limit.parse("5/minute"), Duration.ofMinutes(1)))
                .build();
        shutOut("key");

        assertThat(refusal("key").cause()).isEqualTo(Decision.Cause.PENALTY);
        assertThat(((Decision.Refused) lenient.tryAcquire("key")).cause()).isEqualTo(Decision.Cause.LIMIT);
    }

    @Test
    void doesNotProlongTheShutOutOfWhoKnocksMeanwhile() {
        shutOut("key");
        for (int i = 0; i < 9; i++) {
            ticker.advance(Duration.ofMinutes(1));
            refusal("key");
        }

        ticker.advance(Duration.ofMinutes(1));

        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
    }

    @Test
    void beginsWithNothingCountedAfterAShutOut() {
        RateLimiter brief = limiter("1/10 second")
                .name("brief")
                .penalty(new Penalty(Limit.parse("2/hour"), Duration.ofSeconds(10)))
                .build();
        brief.tryAcquire("key");
        brief.tryAcquire("key");
        assertThat(causeOf(brief.tryAcquire("key"))).isEqualTo(Decision.Cause.PENALTY);

        ticker.advance(Duration.ofSeconds(10));

        assertThat(brief.tryAcquire("key").allowed()).isTrue();
        assertThat(causeOf(brief.tryAcquire("key"))).isEqualTo(Decision.Cause.LIMIT);
        assertThat(causeOf(brief.tryAcquire("key"))).isEqualTo(Decision.Cause.PENALTY);
    }

    @Test
    void forgivesRefusalsThatLieFurtherApart() {
        limiter.tryAcquire("key");
        for (int i = 0; i < 20; i++) {
            assertThat(limiter.tryAcquire("key").allowed()).isFalse();
            ticker.advance(Duration.ofSeconds(31));
            assertThat(limiter.tryAcquire("key").allowed()).isTrue();
        }
    }

    @Test
    void countsNeitherPeekingNorWhatIsNeverPossible() {
        limiter.tryAcquire("key");
        for (int i = 0; i < 10; i++) {
            limiter.peek("key", 1);
            limiter.tryAcquire("key", 2);
        }

        assertThat(refusal("key").cause()).isEqualTo(Decision.Cause.LIMIT);
    }

    @Test
    void letsAnOperatorEndTheShutOut() {
        shutOut("key");

        limiter.reset("key");

        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
        assertThat(refusal("key").cause()).isEqualTo(Decision.Cause.LIMIT);
    }

    @Test
    void shutsOutNobodyForAFullStore() {
        RateLimiter small = limiter("1/10 second")
                .store(MemoryStore.builder().ticker(ticker).maxKeys(1).build())
                .build();
        small.tryAcquire("one");

        for (int i = 0; i < 10; i++) {
            assertThat(causeOf(small.tryAcquire("two"))).isEqualTo(Decision.Cause.STORE_FULL);
            assertThat(causeOf(small.tryAcquire("one"))).isEqualTo(Decision.Cause.LIMIT);
        }
    }

    @Test
    void letsNoFailureOfTheStoreUndoARefusal() {
        MemoryStore counting = MemoryStore.builder().ticker(ticker).build();
        LimitStore losesKnocks = new LimitStore() {
            @Override
            public LimitSpace open(Terms terms) {
                return (terms.name().endsWith(".knocks") ? store : counting).open(terms);
            }

            @Override
            public void close() {
                counting.close();
            }
        };
        RateLimiter forgiving = limiter("1/10 second")
                .store(losesKnocks)
                .onStoreFailure(StoreFailurePolicy.ALLOW)
                .build();
        forgiving.tryAcquire("key");
        store.setAway(true);

        assertThat(causeOf(forgiving.tryAcquire("key"))).isEqualTo(Decision.Cause.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.5S", "PT1.5S", "PT-1S", "P25000D"})
    void refusesAShutOutThatIsNoNumberOfSeconds(String shutOut) {
        assertThatThrownBy(() -> new Penalty(Limit.parse("3/minute"), Duration.parse(shutOut)))
                .hasMessage(
                        "a shut-out of %s; whole seconds from 1 to 2147483647 are accepted", Duration.parse(shutOut));
    }

    private RateLimiter.Builder limiter(String limits) {
        return RateLimiter.builder()
                .name("one")
                .limits(Limit.parseAll(limits))
                .penalty(new Penalty(Limit.parse("3/minute"), Duration.ofMinutes(10)))
                .store(store);
    }

    private void shutOut(String key) {
        limiter.tryAcquire(key);
        for (int i = 0; i < 3; i++) {
            refusal(key);
        }
    }

    private Decision.Refused refusal(String key) {
        return (Decision.Refused) limiter.tryAcquire(key);
    }

    private static Decision.Cause causeOf(Decision decision) {
        return ((Decision.Refused) decision).cause();
    }
}
