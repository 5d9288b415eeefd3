package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.Seeds;
import org.junit.jupiter.api.Test;

/** Claims about the even pace. Threads do not share it. */
class PacingTest {
    @Test
    void decidesTheExampleOfItsEssay() {
        Story<Debt> story = new Story<>(new Pacing(new Window(3, 60)));

        assertThat(story.takesAt(0, 1)).isTrue();
        assertThat(story.waitAt(10, 1)).isEqualTo(10);
        assertThat(story.takesAt(20, 2)).isTrue();
        assertThat(story.waitAt(20, 1)).isEqualTo(40);
        assertThat(story.takesAt(100, 1)).isTrue();
        assertThat(story.waitAt(100, 1)).as("nothing is saved up").isEqualTo(20);
    }

    @Test
    void asksEveryNumberOfPermitsToWaitForTheSameFreeLine() {
        Story<Debt> story = new Story<>(new Pacing(new Window(3, 60)));
        story.takesAt(0, 3);

        assertThat(story.waitsAt(1)).containsExactly(59L, 59L, 59L);
    }

    /** Whoever takes as soon as it is allowed goes at the first whole tick that is not before the even pace. */
    @Test
    void keepsTheEvenPaceToATick() {
        Seeds.forEach(100, random -> {
            Window window = Story.window(random);
            Story<Debt> story = new Story<>(new Pacing(window));
            long now = random.nextInt(1000);
            for (int i = 0; i < 50; i++) {
                int permits = 1 + random.nextInt(window.permits());
                assertThat(story.takesAt(now, permits)).isTrue();
                long wait = story.waitAt(now, 1);
                assertThat(wait * window.permits())
                        .isGreaterThanOrEqualTo(permits * window.ticks())
                        .isLessThan(permits * window.ticks() + window.permits());
                now += wait;
            }
        });
    }

    /** With one permit each, as many as the exact window would admit, however the requests come. */
    @Test
    void neverLetsNPlusOneGoWithinAWindow() {
        Seeds.forEach(100, random -> {
            Window window = Story.window(random);
            Story<Debt> story = new Story<>(new Pacing(window));
            long now = 0;
            for (int i = 0; i < 300; i++) {
                now += random.nextInt(1 + (int) window.ticks() / window.permits());
                story.takesAt(now, 1);
            }
            for (int k = window.permits(); k < story.kept().size(); k++) {
                long apart = story.kept().get(k).tick()
                        - story.kept().get(k - window.permits()).tick();
                assertThat(apart).isGreaterThanOrEqualTo(window.ticks());
            }
        });
    }
}
