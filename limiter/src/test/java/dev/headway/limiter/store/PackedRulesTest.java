package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Unit;
import dev.headway.limiter.algorithm.FixedWindow;
import dev.headway.limiter.algorithm.Moment;
import dev.headway.limiter.algorithm.Rule;
import dev.headway.limiter.algorithm.SlidingWindowCounter;
import dev.headway.limiter.algorithm.TokenBucket;
import dev.headway.limiter.algorithm.Window;
import dev.headway.limiter.testing.BadClock;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The store answers by the rules with a state of fixed size just as they do themselves. Threads do not share it. */
class PackedRulesTest {
    @Test
    void answersAsTheTokenBucketDoes() {
        Seeds.forEach(60, random -> race(random, Algorithm.TOKEN_BUCKET, TokenBucket::new));
    }

    @Test
    void answersAsTheFixedWindowDoes() {
        Seeds.forEach(60, random -> race(random, Algorithm.FIXED_WINDOW, FixedWindow::new));
    }

    @Test
    void answersAsTheCounterDoes() {
        Seeds.forEach(60, random -> race(random, Algorithm.SLIDING_WINDOW_COUNTER, SlidingWindowCounter::new));
    }

    @Test
    void keepsLimitsThatAreTooLargeToRememberEveryPermit() {
        ManualTicker ticker = new ManualTicker();
        RateLimiter limiter =
                limiter(Algorithm.SLIDING_WINDOW_COUNTER, List.of(Limit.of(Integer.MAX_VALUE, Unit.DAY)), ticker);

        assertThat(limiter.tryAcquire("key", Integer.MAX_VALUE).allowed()).isTrue();
        assertThat(limiter.tryAcquire("key").allowed()).isFalse();
        ticker.advance(Duration.ofDays(2));
        assertThat(limiter.tryAcquire("key", Integer.MAX_VALUE).allowed()).isTrue();
    }

    private static RateLimiter limiter(Algorithm algorithm, List<Limit> limits, ManualTicker ticker) {
        return RateLimiter.builder()
                .name("race")
                .limits(limits)
                .algorithm(algorithm)
                .store(Places.oneKeyPerSegment(MemoryStore.builder().ticker(ticker)))
                .build();
    }

    private static <S> void race(Random random, Algorithm algorithm, Function<Window, Rule<S>> kind) {
        List<Limit> limits = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            limits.add(new Limit(1 + random.nextInt(20), 1 + random.nextInt(300), Unit.SECOND));
        }
        TickScale scale = TickScale.forWindow(Windows.longest(limits));
        List<Rule<S>> rules = new Windows(limits, scale).map(kind);
        BadClock clock = new BadClock(random, 20_000_000_000L);
        long origin = clock.now();
        ManualTicker ticker = new ManualTicker(origin);
        RateLimiter limiter = limiter(algorithm, limits, ticker);
        Map<Integer, List<S>> states = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            ticker.set(clock.next());
            long nanos = clock.now() - origin;
            Moment now = scale.moment(nanos);
            int key = random.nextInt(4);
            int permits = 1 + random.nextInt(3);
            List<S> state = states.computeIfAbsent(
                    key, ignored -> rules.stream().map(Rule::untouched).toList());

            Decision decision = limiter.tryAcquire(key, key, permits);

            if (rules.stream().anyMatch(rule -> permits > rule.window().permits())) {
                assertThat(decision).isInstanceOf(Decision.NeverPossible.class);
                continue;
            }
            long wait = 0;
            for (int j = 0; j < rules.size(); j++) {
                wait = Math.max(wait, rules.get(j).waitTicks(state.get(j), now, permits));
            }
            if (wait > 0) {
                assertThat(((Decision.Refused) decision).retryAfterNanos()).isEqualTo(scale.nanosUntil(wait, nanos));
            } else {
                assertThat(decision).isInstanceOf(Decision.Allowed.class);
                List<S> next = new ArrayList<>();
                for (int j = 0; j < rules.size(); j++) {
                    next.add(rules.get(j).take(state.get(j), now, permits));
                }
                states.put(key, next);
            }
        }
    }
}
