package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.BadClock;
import dev.headway.limiter.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Claims about what rules with a state of fixed size give back. Threads do not share it. */
class RefundTest {
    private static final Window TEN_IN_TEN = new Window(10, 10);

    @Test
    void givesBackAllOfARequestAtOnce() {
        Seeds.forEach(
                150,
                random -> Story.kinds(random).forEach(rule -> {
                    Story<?> story = new Story<>(rule);
                    long now = wander(story, rule, random);
                    List<Long> before = story.waitsAt(now);
                    if (story.takesAt(now, 1 + random.nextInt(rule.mostPermits()))) {
                        assertThat(story.givesBackAt(now, story.newest())).isTrue();
                        assertThat(story.waitsAt(now)).as("%s", rule).isEqualTo(before);
                    }
                }));
    }

    /** As calls within calls do: however many are taken, to give back the latest first leaves what there was, whatever was paid meanwhile. */
    @Test
    void givesBackAllIfTheLatestIsGivenBackFirst() {
        Seeds.forEach(150, random -> {
            Window window = Story.window(random);
            TokenBucket rule = new TokenBucket(window, 20);
            Story<Debt> story = new Story<>(rule);
            Story<Debt> without = new Story<>(rule);
            long now = 0;
            story.takesAt(now, 5);
            without.takesAt(now, 5);
            for (int i = 0; i < 4; i++) {
                now += random.nextInt(1 + (int) window.ticks() / window.permits() / 2);
                story.takesAt(now, 1 + random.nextInt(3));
            }
            while (story.kept().size() > 1) {
                story.givesBackAt(now, story.newest());
            }

            assertThat(story.waitsAt(now)).isEqualTo(without.waitsAt(now));
        });
    }

    /** Two of ten at once; what remains of the second is paid by the tenth unit after the first has been given back, not by the twentieth. */
    @Test
    void doesNotGiveAwayWhatAnEarlierRefundHasMadeRoomFor() {
        Story<Debt> story = new Story<>(new TokenBucket(TEN_IN_TEN, 20));
        story.takesAt(0, 10);
        story.takesAt(0, 10);
        Story.Taking first = story.kept().get(0);
        Story.Taking second = story.kept().get(1);
        story.givesBackAt(0, first);
        story.takesAt(9, 10);

        story.givesBackAt(10, second);

        assertThat(story.waitAt(10, 10)).as("nothing was left of it").isZero();
        assertThat(story.waitAt(10, 11)).isEqualTo(1);
    }

    @Test
    void givesBackWhatHasHadNoTimeToBePaidWhateverElseWasGivenBack() {
        Story<Debt> story = new Story<>(new TokenBucket(TEN_IN_TEN, 20));
        for (int i = 0; i < 4; i++) {
            story.takesAt(0, 5);
        }
        List<Story.Taking> all = List.copyOf(story.kept());

        story.givesBackAt(0, all.get(2));
        story.givesBackAt(0, all.get(1));
        story.givesBackAt(2, all.get(0));

        assertThat(story.waitAt(2, 15)).as("five are left, those of the last").isZero();
        assertThat(story.waitAt(2, 16)).isEqualTo(1);
    }

    /** At 8 the first 6 are paid and 2 of the next 4; so 2 could be given back, and are, unless the 5 behind them were given back before. */
    @Test
    void givesBackLessIfLaterPermitsWereGivenBackBefore() {
        assertThat(fitAt8AfterRefundsOf(1, 2)).isEqualTo(15);
        assertThat(fitAt8AfterRefundsOf(2, 1)).isEqualTo(13);
    }

    private static int fitAt8AfterRefundsOf(int earlier, int later) {
        Story<Debt> story = new Story<>(new TokenBucket(TEN_IN_TEN, 20));
        for (int permits : new int[] {6, 4, 5, 5}) {
            story.takesAt(0, permits);
        }
        List<Story.Taking> all = List.copyOf(story.kept());

        story.givesBackAt(8, all.get(earlier));
        story.givesBackAt(8, all.get(later));

        return (int) story.waitsAt(8).stream().filter(wait -> wait == 0).count();
    }

    @Test
    void fixedWindowForgetsAWindowOfWhichAllWasGivenBack() {
        Story<FixedWindow.Count> story = new Story<>(new FixedWindow(new Window(3, 60)));
        story.takesAt(0, 3);

        story.givesBackAt(30, story.newest());

        assertThat(story.takesAt(50, 3)).isTrue();
        assertThat(story.waitAt(60, 1)).isEqualTo(50);
    }

    @Test
    void fixedWindowEndsWhenItWouldHaveIfSomethingIsLeftOfIt() {
        Story<FixedWindow.Count> story = new Story<>(new FixedWindow(new Window(3, 60)));
        story.takesAt(0, 1);
        story.takesAt(10, 2);

        story.givesBackAt(30, story.kept().get(0));

        assertThat(story.waitAt(30, 1)).isZero();
        assertThat(story.waitAt(30, 2)).isEqualTo(30);
    }

    @Test
    void counterGivesBackFromTheWindowBefore() {
        Story<SlidingWindowCounter.Counts> story = new Story<>(new SlidingWindowCounter(new Window(10, 60)));
        story.takesAt(0, 4);
        story.takesAt(10, 6);
        assertThat(story.waitAt(60, 1)).isEqualTo(6);

        assertThat(story.givesBackAt(60, story.kept().get(0))).isTrue();

        assertThat(story.waitAt(60, 4)).isZero();
        assertThat(story.waitAt(60, 5)).isEqualTo(10);
        assertThat(story.givesBackAt(120, story.kept().get(0))).isFalse();
    }

    @Test
    void givesNothingBackOfWhatDoesNotCountAnyMore() {
        Seeds.forEach(
                100,
                random -> Story.kinds(random).forEach(rule -> {
                    Story<?> story = new Story<>(rule);
                    story.takesAt(0, 1);
                    Story.Taking old = story.newest();
                    long now = rule.lifetimeTicks() + random.nextInt(3);
                    story.takesAt(now, 1 + random.nextInt(rule.mostPermits()));

                    assertThat(story.givesBackAt(now + random.nextInt(5), old))
                            .as("%s", rule)
                            .isFalse();
                }));
    }

    /** A receipt from before the key was forgotten does not give back what the key has taken since. */
    @Test
    void givesNothingBackThatAnotherLifeOfTheKeyHasTaken() {
        Seeds.forEach(
                100,
                random -> Story.kinds(random).forEach(rule -> {
                    Story<?> before = new Story<>(rule);
                    before.takesAt(0, 1);
                    Story<?> after = new Story<>(rule);
                    after.takesAt(rule.lifetimeTicks(), 1);

                    assertThat(after.givesBackAt(rule.lifetimeTicks(), before.newest()))
                            .isFalse();
                }));
    }

    /** Old, new and expired permits in any order, under clocks that stand still, jump, go back and overflow. */
    @Test
    void keepsThePromiseForWhatWasNotGivenBack() {
        Seeds.forEach(
                300,
                random -> Story.kinds(random).forEach(rule -> {
                    Story<?> story = new Story<>(rule);
                    BadClock clock = new BadClock(random, rule.window().ticks() / 10 + 1);
                    for (int i = 0; i < 150; i++) {
                        long now = clock.next();
                        if (random.nextInt(3) == 0 && !story.kept().isEmpty()) {
                            story.givesBackAt(now, anyOf(story.kept(), random));
                        } else {
                            story.takesAt(now, 1 + random.nextInt(3));
                        }
                    }
                    story.assertPromiseKept();
                }));
    }

    /** The witness for debts: those who have kept theirs, alone, must not owe more than the rule says. */
    @Test
    void neverOwesLessThanThoseAloneWhoHaveGivenNothingBack() {
        Seeds.forEach(300, random -> {
            Window window = Story.window(random);
            int capacity = 1 + random.nextInt(30);
            Story<Debt> story = new Story<>(new TokenBucket(window, capacity));
            long now = 0;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(1 + (int) window.ticks() / 4);
                if (random.nextInt(3) == 0 && !story.kept().isEmpty()) {
                    story.givesBackAt(now, anyOf(story.kept(), random));
                } else {
                    story.takesAt(now, 1 + random.nextInt(capacity));
                }
                assertThat(story.state().at(now, window)).isGreaterThanOrEqualTo(owedAlone(story.kept(), window, now));
            }
        });
    }

    private static long owedAlone(List<Story.Taking> kept, Window window, long now) {
        long owed = 0;
        long then = 0;
        for (Story.Taking taking : kept) {
            owed = Math.max(0, owed - (taking.tick() - then) * window.permits()) + taking.permits() * window.ticks();
            then = taking.tick();
        }
        return Math.max(0, owed - (now - then) * window.permits());
    }

    private static Story.Taking anyOf(List<Story.Taking> kept, Random random) {
        int back = random.nextInt(Math.min(kept.size(), 1 + random.nextInt(10)));
        return kept.get(kept.size() - 1 - back);
    }

    private static long wander(Story<?> story, Rule<?> rule, Random random) {
        long now = random.nextInt(1000);
        for (int i = 0; i < 20; i++) {
            now += random.nextInt(1 + (int) rule.window().ticks() / 5);
            story.takesAt(now, 1 + random.nextInt(3));
        }
        return now;
    }
}
