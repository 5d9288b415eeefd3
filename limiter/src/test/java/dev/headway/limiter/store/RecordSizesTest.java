package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Claims about the sizes that records come in. Threads do not share it. */
class RecordSizesTest {
    @Test
    void doubleFromALineOfTheCacheToTheLargest() {
        assertThat(sizesUpTo(100)).containsExactly(16, 32, 64, 100);
        assertThat(sizesUpTo(7)).containsExactly(7);
        assertThat(sizesUpTo(16)).containsExactly(16);
    }

    /** A size just below the largest would cost a move and save next to nothing. */
    @Test
    void leaveOutWhatIsMoreThanThreeQuartersOfTheLargest() {
        assertThat(sizesUpTo(21)).containsExactly(16, 21);
        assertThat(sizesUpTo(20)).containsExactly(20);
        assertThat(sizesUpTo(84)).containsExactly(16, 32, 84);
        assertThat(sizesUpTo(85)).containsExactly(16, 32, 64, 85);
    }

    @Test
    void fitTheWordsThatAreAskedFor() {
        RecordSizes sizes = RecordSizes.upTo(70);

        assertThat(sizes.atLeast(1)).isEqualTo(16);
        assertThat(sizes.atLeast(16)).isEqualTo(16);
        assertThat(sizes.atLeast(17)).isEqualTo(32);
        assertThat(sizes.atLeast(70)).isEqualTo(70);
        assertThat(sizes.largest()).isEqualTo(70);
    }

    private static int[] sizesUpTo(int largest) {
        RecordSizes sizes = RecordSizes.upTo(largest);
        return IntStream.rangeClosed(1, largest).map(sizes::atLeast).distinct().toArray();
    }
}
