package dev.headway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PopularityTest {

    private static final int KEYS = 100;
    private static final int REQUESTS = 200_000;
    private static final long SEED = 7;

    @Test
    void asksForEveryKeyEquallyOften() {
        long[] counts = counts(Popularity.UNIFORM);

        assertThat(counts[0] / 2000.0).isCloseTo(1, within(0.2));
        assertThat(counts[KEYS - 1] / 2000.0).isCloseTo(1, within(0.2));
    }

    @Test
    void asksForTheNthMostPopularKeyAnNthAsOften() {
        long[] counts = counts(Popularity.ZIPF);

        assertThat(counts[KEYS - 1] / (double) counts[KEYS - 2]).isCloseTo(2, within(0.2));
        assertThat(counts[KEYS - 1] / (double) counts[KEYS - 10]).isCloseTo(10, within(1.0));
    }

    @Test
    void doesNotMakePopularKeysNeighbours() {
        int[] requests = Popularity.ZIPF.draw(1_000_000, 10, new Random(SEED));

        assertThat(Arrays.stream(requests).max().orElseThrow()).isGreaterThan(100_000);
    }

    private static long[] counts(Popularity popularity) {
        long[] counts = new long[KEYS];
        for (int key : popularity.draw(KEYS, REQUESTS, new Random(SEED))) {
            counts[key]++;
        }
        Arrays.sort(counts);
        return counts;
    }
}
