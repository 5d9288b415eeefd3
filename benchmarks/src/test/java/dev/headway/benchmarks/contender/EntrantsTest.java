package dev.headway.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contenders limit, and all alike: else their times could not be compared. */
final class EntrantsTest {

    private static final String[] KEYS = {"10.0.0.1", "10.0.0.2"};
    private static final Quota THREE_PER_HOUR = new Quota(3, Duration.ofHours(1));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "headway-sliding-window",
                "headway-sliding-window-by-number",
                "headway-token-bucket",
                "headway-token-bucket-by-number",
                "bucket4j",
                "bucket4j-caffeine",
                "resilience4j",
                "failsafe",
                "naive-log"
            })
    void givesEachKeyItsQuotaAndNoMore(String id) {
        Contender contender = Entrants.create(id, KEYS, THREE_PER_HOUR);

        assertThat(admitted(contender, 0, 10)).isEqualTo(3);
        assertThat(admitted(contender, 1, 10)).isEqualTo(3);
        assertThat(contender.direct(0).getAsBoolean()).isFalse();
    }

    @Test
    void givesOnePermitAndThenWaitsWhereThereAreNoBursts() {
        Contender guava = Entrants.create("guava", KEYS, THREE_PER_HOUR);

        assertThat(admitted(guava, 0, 10)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "headway-sliding-window",
                "headway-sliding-window-by-number",
                "headway-token-bucket",
                "headway-token-bucket-by-number",
                "bucket4j",
                "bucket4j-caffeine",
                "resilience4j",
                "guava",
                "failsafe",
                "naive-log"
            })
    void givesPermitsBackInAWindowShorterThanALimitCanSay(String id) {
        Contender contender = Entrants.create(id, KEYS, new Quota(1, Duration.ofNanos(50_000)));

        assertThat(admitted(contender, 0, 50_000)).isGreaterThan(1);
    }

    @Test
    void saysWhichContendersThereAre() {
        assertThatThrownBy(() -> Entrants.create("bucket5j", KEYS, THREE_PER_HOUR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no contender \"bucket5j\"; there are [headway-sliding-window, ");
    }

    private static long admitted(Contender contender, int key, int requests) {
        return IntStream.range(0, requests)
                .filter(request -> contender.tryAcquire(key))
                .count();
    }
}
