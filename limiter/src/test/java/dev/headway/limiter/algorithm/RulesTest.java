package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.BadClock;
import dev.headway.limiter.testing.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Claims about the rules with a state of fixed size: their examples, their promises, their waits. Threads do not share it. */
class RulesTest {
    private static final List<Function<Window, Rule<?>>> ALL =
            List.of(TokenBucket::new, FixedWindow::new, SlidingWindowCounter::new);

    @Test
    void tokenBucketDecidesTheExampleOfItsEssay() {
        Story<TokenBucket.Debt> story = new Story<>(new TokenBucket(new Window(3, 60)));

        assertThat(story.takesAt(0, 3)).isTrue();
        assertThat(story.state).isEqualTo(new TokenBucket.Debt(0, 180));
        assertThat(story.waitAt(10, 1)).isEqualTo(10);
        assertThat(story.waitAt(10, 3)).isEqualTo(50);
        assertThat(story.takesAt(20, 1)).isTrue();
        assertThat(story.waitAt(20, 1)).isEqualTo(20);
    }

    @Test
    void fixedWindowDecidesTheExampleOfItsEssay() {
        Story<FixedWindow.Count> story = new Story<>(new FixedWindow(new Window(3, 60)));

        assertThat(story.takesAt(0, 1)).isTrue();
        assertThat(story.takesAt(59, 2)).isTrue();
        assertThat(story.waitAt(59, 1)).isEqualTo(1);
        assertThat(story.takesAt(60, 3)).isTrue();
        assertThat(story.waitAt(60, 1)).isEqualTo(60);
    }

    @Test
    void counterDecidesTheExampleOfItsEssay() {
        Story<SlidingWindowCounter.Counts> story = new Story<>(new SlidingWindowCounter(new Window(10, 60)));

        assertThat(story.takesAt(0, 1)).isTrue();
        assertThat(story.takesAt(59, 9)).isTrue();
        assertThat(story.waitAt(90, 6)).isEqualTo(6);
        assertThat(story.takesAt(90, 5)).isTrue();
        assertThat(story.waitAt(90, 1)).isEqualTo(6);
    }

    /** The worst that the counter can do, and it does it: all of one window in its last tick, then all that the estimate lets pass. */
    @Test
    void counterReachesItsWorstCaseAndNoMore() {
        Story<SlidingWindowCounter.Counts> story = new Story<>(new SlidingWindowCounter(new Window(10, 1000)));
        story.takesAt(0, 1);
        int taken = story.takesAt(999, 9) ? 9 : 0;

        for (int tick = 1000; tick < 1999; tick++) {
            taken += story.takesAt(tick, 1) ? 1 : 0;
        }

        assertThat(taken).isEqualTo(9 + 9);
        assertThat(story.most(1000)).isEqualTo(18);
    }

    @Test
    void everyRuleKeepsItsPromise() {
        Seeds.forEach(
                150,
                random -> ALL.forEach(kind -> {
                    Window window = window(random);
                    Story<?> story = new Story<>(kind.apply(window));
                    BadClock clock = new BadClock(random, window.ticks() / 10 + 1);
                    for (int i = 0; i < 150; i++) {
                        story.takesAt(clock.next(), 1 + random.nextInt(3));
                    }
                    assertThat(story.most(window.ticks()))
                            .as("%s under a clock that may run backwards", story.rule)
                            .isLessThanOrEqualTo(
                                    story.rule instanceof SlidingWindowCounter
                                            ? 2 * window.permits() - 1
                                            : 2 * window.permits());
                }));
    }

    @Test
    void everyRuleTellsTheFirstTickAtWhichARequestFits() {
        Seeds.forEach(
                150,
                random -> ALL.forEach(kind -> {
                    Window window = window(random);
                    Story<?> story = new Story<>(kind.apply(window));
                    BadClock clock = new BadClock(random, window.ticks() / 10 + 1);
                    for (int i = 0; i < 100; i++) {
                        long now = clock.next();
                        int permits = 1 + random.nextInt(window.permits());
                        long wait = story.waitAt(now, permits);
                        if (wait > 0) {
                            assertThat(story.waitAt(now + wait - 1, permits)).isEqualTo(1);
                            assertThat(story.waitAt(now + wait, permits)).isZero();
                        }
                        story.takesAt(now, permits);
                    }
                }));
    }

    @Test
    void everyRuleForgetsWhatIsOlderThanItsLifetime() {
        Seeds.forEach(
                50,
                random -> ALL.forEach(kind -> {
                    Window window = window(random);
                    Story<?> story = new Story<>(kind.apply(window));
                    long now = random.nextInt(1000);
                    for (int i = 0; i < 20; i++) {
                        now += random.nextInt(20);
                        story.takesAt(now, 1 + random.nextInt(window.permits()));
                    }
                    assertThat(story.waitAt(now + story.rule.lifetimeTicks(), window.permits()))
                            .isZero();
                }));
    }

    @Test
    void everyRuleTellsWhatCanNeverFit() {
        for (Function<Window, Rule<?>> kind : ALL) {
            assertThat(verdict(kind.apply(new Window(2, 10)), 3)).isEqualTo(new Verdict.Impossible());
        }
    }

    /** GCRA as it is written in I.371, with fractions instead of our scaled whole numbers: the same answers. */
    @Test
    void tokenBucketIsTheGenericCellRateAlgorithm() {
        Seeds.forEach(200, random -> {
            Window window = window(random);
            BigInteger increment = BigInteger.valueOf(window.ticks());
            BigInteger permits = BigInteger.valueOf(window.permits());
            Story<TokenBucket.Debt> story = new Story<>(new TokenBucket(window));
            BigInteger arrivalTimesPermits = BigInteger.ZERO;
            long now = 0;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt((int) window.ticks());
                BigInteger nowTimesPermits = BigInteger.valueOf(now).multiply(permits);
                BigInteger next = arrivalTimesPermits.max(nowTimesPermits).add(increment);
                boolean conforms = next.subtract(nowTimesPermits).compareTo(increment.multiply(permits)) <= 0;
                arrivalTimesPermits = conforms ? next : arrivalTimesPermits;

                assertThat(story.takesAt(now, 1)).isEqualTo(conforms);
            }
        });
    }

    private static <S> Verdict verdict(Rule<S> rule, int permits) {
        return rule.step(rule.untouched(), Moment.at(0), permits).verdict();
    }

    private static Window window(Random random) {
        return new Window(1 + random.nextInt(12), 1 + random.nextInt(200));
    }

    /** What happens to one key under a rule. For one thread. */
    private static final class Story<S> {
        private final Rule<S> rule;
        private final List<Long> taken = new ArrayList<>();
        private S state;
        private long latest = Long.MIN_VALUE;

        Story(Rule<S> rule) {
            this.rule = rule;
            this.state = rule.untouched();
        }

        boolean takesAt(long now, int permits) {
            Step<S> step = rule.step(state, Moment.at(now), permits);
            if (!(step.verdict() instanceof Verdict.Granted)) {
                assertThat(step.state()).isSameAs(state);
                return false;
            }
            state = step.state();
            latest = taken.isEmpty() || now - latest > 0 ? now : latest;
            for (int i = 0; i < permits; i++) {
                taken.add(latest);
            }
            return true;
        }

        long waitAt(long now, int permits) {
            return rule.waitTicks(state, Moment.at(now), permits);
        }

        /** Returns the most permits that any stretch of so many ticks has seen. */
        int most(long ticks) {
            int most = 0;
            int from = 0;
            for (int to = 0; to < taken.size(); to++) {
                while (taken.get(to) - taken.get(from) >= ticks) {
                    from++;
                }
                most = Math.max(most, to - from + 1);
            }
            return most;
        }
    }
}
