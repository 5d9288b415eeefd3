package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Unit;
import dev.headway.limiter.Usage;
import dev.headway.limiter.algorithm.FixedWindow;
import dev.headway.limiter.algorithm.OwingRule;
import dev.headway.limiter.algorithm.Pacing;
import dev.headway.limiter.algorithm.Rule;
import dev.headway.limiter.algorithm.SlidingWindowCounter;
import dev.headway.limiter.algorithm.Together;
import dev.headway.limiter.algorithm.TokenBucket;
import dev.headway.limiter.algorithm.Window;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The store answers, and gives back, by the rules with a state of fixed size just as they do themselves. Threads do not share it. */
class PackedRulesTest {
    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();

    @Test
    void answersAsTheTokenBucketDoes() {
        Seeds.forEach(60, random -> replay(random, Algorithm.TOKEN_BUCKET, Terms.NO_BURST, TokenBucket::new));
    }

    @Test
    void answersAsTheTokenBucketWithABurstDoes() {
        Seeds.forEach(60, random -> {
            int burst = 1 + random.nextInt(30);
            replay(random, Algorithm.TOKEN_BUCKET, burst, window -> new TokenBucket(window, burst));
        });
    }

    @Test
    void answersAsPacingDoes() {
        Seeds.forEach(60, random -> replay(random, Algorithm.PACING, Terms.NO_BURST, Pacing::new));
    }

    @Test
    void answersAsTheFixedWindowDoes() {
        Seeds.forEach(60, random -> replay(random, Algorithm.FIXED_WINDOW, Terms.NO_BURST, FixedWindow::new));
    }

    @Test
    void answersAsTheCounterDoes() {
        Seeds.forEach(
                60,
                random -> replay(random, Algorithm.SLIDING_WINDOW_COUNTER, Terms.NO_BURST, SlidingWindowCounter::new));
    }

    private static <S> void replay(Random random, Algorithm algorithm, int burst, Function<Window, Rule<S>> kind) {
        List<Limit> limits = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            limits.add(new Limit(1 + random.nextInt(20), 1 + random.nextInt(300), Unit.SECOND));
        }
        TickScale scale = TickScale.forWindow(Windows.longest(limits));
        Terms terms = new Terms("replay", algorithm, limits, burst);
        Replay<List<S>> replay = new Replay<>(random, terms, new Together<>(new Windows(limits, scale).map(kind)));
        if (kind.apply(new Window(1, 1)) instanceof OwingRule) {
            replay.runWithLines(300);
        } else {
            replay.run(500);
        }
    }

    @Test
    void keepsLimitsThatAreTooLargeToRememberEveryPermit() {
        LimitSpace space =
                open(Algorithm.SLIDING_WINDOW_COUNTER, Limit.of(Integer.MAX_VALUE, Unit.DAY), Terms.NO_BURST);

        assertThat(space.tryAcquire("key", Integer.MAX_VALUE).allowed()).isTrue();
        assertThat(space.tryAcquire("key", 1).allowed()).isFalse();
        ticker.advance(Duration.ofDays(2));
        assertThat(space.tryAcquire("key", Integer.MAX_VALUE).allowed()).isTrue();
    }

    @Test
    void tellsOfALargeBucketWhatItHolds() {
        LimitSpace space = open(Algorithm.TOKEN_BUCKET, Limit.of(10, Unit.MINUTE), 25);

        assertThat(space.tryAcquire("key", 26))
                .isInstanceOfSatisfying(
                        Decision.NeverPossible.class,
                        never -> assertThat(never.refusedBy()).containsExactly(Limit.of(10, Unit.MINUTE)));
        assertThat(space.tryAcquire("key", 5).usages())
                .containsExactly(new Usage(
                        Limit.of(10, Unit.MINUTE),
                        20,
                        Duration.ofSeconds(6).toNanos(),
                        Duration.ofSeconds(30).toNanos()));
        assertThat(space.tryAcquire("key", 20).allowed()).isTrue();
        ticker.advance(Duration.ofSeconds(149));
        assertThat(space.tryAcquire("key", 25).allowed()).isFalse();
        ticker.advance(Duration.ofSeconds(1));
        assertThat(space.tryAcquire("key", 25).allowed()).isTrue();
    }

    @Test
    void remembersALargeBucketWhenItsLimitIsLowered() {
        LimitSpace space = open(Algorithm.TOKEN_BUCKET, Limit.of(10, Unit.MINUTE), 20);
        space.tryAcquire(1, 1, 20);

        space.changeLimits(List.of(Limit.of(1, Unit.MINUTE)));

        assertThat(store.statistics().keys()).isEqualTo(1);
        ticker.advance(Duration.ofMinutes(15));
        space.tryAcquire(2, 2, 1);
        assertThat(space.tryAcquire(1, 1, 16).allowed())
                .as("five minutes are still owed")
                .isFalse();
        assertThat(space.tryAcquire(1, 1, 15).allowed()).isTrue();
    }

    @Test
    void refusesABucketThatWouldTakeCenturiesToFill() {
        assertThatThrownBy(() -> open(Algorithm.TOKEN_BUCKET, Limit.of(1, Unit.YEAR), 201))
                .hasMessage("limit 1/year with a burst of 201: an empty bucket takes more than 72000 days to fill; "
                        + "a smaller burst is accepted");
        assertThat(open(Algorithm.TOKEN_BUCKET, Limit.of(1, Unit.YEAR), 199)
                        .tryAcquire("key", 199)
                        .allowed())
                .isTrue();
    }

    @Test
    void pacesOneAfterTheOther() {
        LimitSpace space = open(Algorithm.PACING, Limit.of(10, Unit.MINUTE), Terms.NO_BURST);

        assertThat(space.tryAcquire("key", 1).usages())
                .containsExactly(new Usage(
                        Limit.of(10, Unit.MINUTE),
                        0,
                        Duration.ofSeconds(6).toNanos(),
                        Duration.ofSeconds(6).toNanos()));
        ticker.advance(Duration.ofMinutes(5));
        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
        assertThat(space.tryAcquire("key", 1).allowed())
                .as("nothing was saved up")
                .isFalse();
    }

    @Test
    void pacesAnewAtOnceWhenTheLimitChanges() {
        LimitSpace space = open(Algorithm.PACING, Limit.of(10, Unit.MINUTE), Terms.NO_BURST);
        space.tryAcquire("key", 1);

        space.changeLimits(List.of(Limit.of(5, Unit.MINUTE)));
        assertThat(space.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofSeconds(12).toNanos());

        space.changeLimits(List.of(Limit.of(20, Unit.MINUTE)));
        assertThat(space.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    private LimitSpace open(Algorithm algorithm, Limit limit, int burst) {
        return store.open(new Terms("one", algorithm, List.of(limit), burst));
    }
}
