package dev.headway.limiter.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.Seeds;
import org.junit.jupiter.api.Test;

/** Claims about buckets that hold more or less than flows back in a window. Threads do not share it. */
class BurstTest {
    private static final Window THREE_IN_SIXTY = new Window(3, 60);

    @Test
    void letsAFullBucketGoAtOnceAndThenOneByOne() {
        Story<Debt> story = new Story<>(new TokenBucket(THREE_IN_SIXTY, 5));

        assertThat(story.takesAt(0, 5)).isTrue();
        assertThat(story.waitsAt(0)).containsExactly(20L, 40L, 60L, 80L, 100L);
        assertThat(story.takesAt(100, 5)).isTrue();
    }

    @Test
    void spreadsTheLimitIfTheBucketIsSmall() {
        Story<Debt> story = new Story<>(new TokenBucket(THREE_IN_SIXTY, 1));

        assertThat(story.takesAt(0, 1)).isTrue();
        assertThat(story.waitAt(0, 1)).isEqualTo(20);
        assertThat(story.takesAt(19, 1)).isFalse();
        assertThat(story.takesAt(20, 1)).isTrue();
        assertThat(new TokenBucket(THREE_IN_SIXTY, 1)
                        .step(Debt.NONE, Moment.at(0), 2)
                        .verdict())
                .isEqualTo(new Verdict.Impossible());
    }

    @Test
    void remembersABucketUntilItIsFullAgain() {
        assertThat(new TokenBucket(THREE_IN_SIXTY, 5).lifetimeTicks()).isEqualTo(100);
        assertThat(new TokenBucket(THREE_IN_SIXTY, 1).lifetimeTicks()).isEqualTo(20);
        assertThat(new TokenBucket(new Window(7, 60), 1).lifetimeTicks()).isEqualTo(9);
    }

    @Test
    void isTheUsualBucketIfNoCapacityIsGiven() {
        assertThat(new TokenBucket(THREE_IN_SIXTY)).isEqualTo(new TokenBucket(THREE_IN_SIXTY, 3));
    }

    /** The largest numbers that a limit may have: a window of 2³¹ ticks, as many permits, as large a bucket. */
    @Test
    void countsTheLargestBucketsWithoutOverflow() {
        Window window = new Window(Integer.MAX_VALUE, 1L << 31);
        Story<Debt> story = new Story<>(new TokenBucket(window, Integer.MAX_VALUE));

        assertThat(story.takesAt(Long.MAX_VALUE, Integer.MAX_VALUE)).isTrue();
        assertThat(story.waitAt(Long.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(1L << 31);
        assertThat(story.waitAt(Long.MAX_VALUE + (1L << 30), Integer.MAX_VALUE)).isEqualTo(1L << 30);
        assertThat(story.waitAt(Long.MAX_VALUE + (1L << 31), Integer.MAX_VALUE)).isZero();
    }

    /** A bucket that is never full loses nothing to rounding: what it lets go in the long run is what was in it and what flowed back. */
    @Test
    void admitsInTheLongRunJustWhatFlowsBack() {
        Seeds.forEach(50, random -> {
            int permits = 1 + random.nextInt(12);
            Window window = new Window(permits, permits + random.nextInt(200));
            int capacity = 2 + random.nextInt(30);
            Story<Debt> story = new Story<>(new TokenBucket(window, capacity));
            long end = 5 * window.ticks() + random.nextInt(100);

            for (long now = 0; now <= end; now++) {
                takeAllAt(now, story);
            }

            assertThat(story.kept()).hasSize((int) (capacity + end * permits / window.ticks()));
        });
    }

    private static void takeAllAt(long now, Story<Debt> story) {
        boolean taken = true;
        while (taken) {
            taken = story.takesAt(now, 1);
        }
    }
}
