package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.BadClock;
import dev.headway.limiter.testing.Seeds;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Claims about the rules with a state of fixed size: their examples, their promises, their waits. Threads do not share it. */
class RulesTest {
    @Test
    void tokenBucketDecidesTheExampleOfItsEssay() {
        Story<Debt> story = new Story<>(new TokenBucket(new Window(3, 60)));

        assertThat(story.takesAt(0, 3)).isTrue();
        assertThat(story.state()).isEqualTo(new Debt(0, 180, 3));
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

        assertThat(taken).as("from 999 to 1998, within one window").isEqualTo(9 + 9);
        story.assertPromiseKept();
    }

    @Test
    void everyRuleKeepsItsPromise() {
        Seeds.forEach(
                150,
                random -> Story.kinds(random).forEach(rule -> {
                    Window window = rule.window();
                    Story<?> story = new Story<>(rule);
                    BadClock clock = new BadClock(random, window.ticks() / 10 + 1);
                    for (int i = 0; i < 150; i++) {
                        story.takesAt(clock.next(), 1 + random.nextInt(3));
                    }
                    story.assertPromiseKept();
                }));
    }

    @Test
    void everyRuleTellsTheFirstTickAtWhichARequestFits() {
        Seeds.forEach(
                150,
                random -> Story.kinds(random).forEach(rule -> {
                    Window window = rule.window();
                    Story<?> story = new Story<>(rule);
                    BadClock clock = new BadClock(random, window.ticks() / 10 + 1);
                    for (int i = 0; i < 100; i++) {
                        long now = clock.next();
                        int permits = 1 + random.nextInt(rule.mostPermits());
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
                random -> Story.kinds(random).forEach(rule -> {
                    Story<?> story = new Story<>(rule);
                    long now = random.nextInt(1000);
                    for (int i = 0; i < 20; i++) {
                        now += random.nextInt(20);
                        story.takesAt(now, 1 + random.nextInt(rule.mostPermits()));
                    }
                    assertThat(story.waitAt(now + rule.lifetimeTicks(), rule.mostPermits()))
                            .isZero();
                }));
    }

    @Test
    void everyRuleTellsWhatCanNeverFit() {
        Seeds.forEach(20, random -> {
            for (Rule<?> rule : Story.kinds(random)) {
                assertThat(verdict(rule, rule.mostPermits() + 1)).isEqualTo(new Verdict.Impossible());
            }
        });
    }

    /** GCRA as it is written in I.371, with fractions instead of our scaled whole numbers: the same answers. */
    @Test
    void tokenBucketIsTheGenericCellRateAlgorithm() {
        Seeds.forEach(200, random -> {
            Window window = Story.window(random);
            int capacity = 1 + random.nextInt(30);
            BigInteger increment = BigInteger.valueOf(window.ticks());
            BigInteger permits = BigInteger.valueOf(window.permits());
            BigInteger burst = BigInteger.valueOf(capacity);
            Story<Debt> story = new Story<>(new TokenBucket(window, capacity));
            BigInteger arrivalTimesPermits = BigInteger.ZERO;
            long now = 0;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt((int) window.ticks());
                BigInteger nowTimesPermits = BigInteger.valueOf(now).multiply(permits);
                BigInteger next = arrivalTimesPermits.max(nowTimesPermits).add(increment);
                boolean conforms = next.subtract(nowTimesPermits).compareTo(increment.multiply(burst)) <= 0;
                arrivalTimesPermits = conforms ? next : arrivalTimesPermits;

                assertThat(story.takesAt(now, 1)).isEqualTo(conforms);
            }
        });
    }

    private static <S> Verdict verdict(Rule<S> rule, int permits) {
        return rule.step(rule.untouched(), Moment.at(0), permits).verdict();
    }
}
