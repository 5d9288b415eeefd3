package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims about how large records are and how long they matter, and when limits need others. Threads do not share it. */
class LayoutTest {
    @ParameterizedTest
    @CsvSource({
        "SLIDING_WINDOW, 10/minute, 16",
        "SLIDING_WINDOW, 60/minute, 66",
        "SLIDING_WINDOW, 10/second; 500/minute, 506",
        "TOKEN_BUCKET, 10/minute, 9",
        "TOKEN_BUCKET, 10/minute; 100/hour, 12",
        "PACING, 10/minute, 9",
        "FIXED_WINDOW, 10/minute; 100/hour; 200/day, 15",
        "SLIDING_WINDOW_COUNTER, 10/minute; 100/hour, 14"
    })
    void takeAsManyWordsAsTheirLimitsNeed(Algorithm algorithm, String limits, int words) {
        assertThat(layout(algorithm, limits).mostRecordWords()).isEqualTo(words);
    }

    /** Four bytes a word, an eighth for pages that fill, eight for the slot. */
    @Test
    void reserveForEachKeyWhatItsLargestRecordTakes() {
        assertThat(layout(Algorithm.SLIDING_WINDOW, "10/minute").mostBytesPerKey())
                .isEqualTo(64 + 8 + 8);
        assertThat(layout(Algorithm.TOKEN_BUCKET, "10/minute").mostBytesPerKey())
                .isEqualTo(36 + 4 + 8);
    }

    @ParameterizedTest
    @CsvSource({
        "SLIDING_WINDOW, 10/minute; 100/hour, 3600",
        "SLIDING_WINDOW_COUNTER, 10/minute; 100/hour, 7200",
        "FIXED_WINDOW, 10/minute; 100/hour, 3600",
        "TOKEN_BUCKET, 10/minute; 100/hour, 3600",
        "PACING, 10/minute; 100/hour, 3600"
    })
    void letKeysMatterAsLongAsTheSlowestOfTheirLimits(Algorithm algorithm, String limits, int seconds) {
        Layout layout = layout(algorithm, limits);

        assertThat(Duration.ofNanos(layout.scale().nanosAt(layout.lifetimeTicks())))
                .isBetween(
                        Duration.ofSeconds(seconds), Duration.ofSeconds(seconds).plusNanos(4096));
    }

    @ParameterizedTest
    @CsvSource({
        "SLIDING_WINDOW, 10/minute, 10/minute",
        "SLIDING_WINDOW, 10/minute, 3/minute",
        "SLIDING_WINDOW, 10/minute, 10/second",
        "FIXED_WINDOW, 10/minute, 900/minute",
        "SLIDING_WINDOW_COUNTER, 10/minute, 3/minute",
        "TOKEN_BUCKET, 10/minute, 3/minute",
        "PACING, 10/minute, 20/minute"
    })
    void stayWhereTheyAreEnoughForTheNewLimits(Algorithm algorithm, String limits, String newLimits) {
        Layout layout = layout(algorithm, limits);

        assertThat(layout.with(Limit.parseAll(newLimits))).isSameAs(layout);
    }

    @ParameterizedTest
    @CsvSource({
        "SLIDING_WINDOW, 10/minute, 11/minute",
        "SLIDING_WINDOW, 10/minute, 10/hour",
        "FIXED_WINDOW, 10/minute, 10/second",
        "SLIDING_WINDOW_COUNTER, 10/minute, 10/minute; 20/hour"
    })
    void giveWayWhereTheNewLimitsNeedMore(Algorithm algorithm, String limits, String newLimits) {
        Layout layout = layout(algorithm, limits);

        assertThat(layout.with(Limit.parseAll(newLimits))).isNotSameAs(layout);
    }

    /** Limits that come and go leave the longest window and the most permits that ever were. */
    @Test
    void ofLogsNeverReachBackLess() {
        LogLayout hour = (LogLayout) layout(Algorithm.SLIDING_WINDOW, "10/hour");

        LogLayout more = (LogLayout) hour.with(Limit.parseAll("20/minute"));
        assertThat(more.lifetimeTicks()).isEqualTo(hour.lifetimeTicks());
        assertThat(more.mostPermits()).isEqualTo(20);

        LogLayout longer = (LogLayout) more.with(Limit.parseAll("5/day"));
        assertThat(longer.lifetimeTicks()).isEqualTo(longer.scale().windowTicks(Duration.ofDays(1)));
        assertThat(longer.mostPermits()).isEqualTo(20);
    }

    /** The counter remembers for two windows, and twice the longest window is the longest that anything may matter. */
    @Test
    void takeTheLongestWindowUnderEveryAlgorithm() {
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(layout(algorithm, "10/100 year").lifetimeTicks()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takeReceiptsOfTheirOwn(Algorithm algorithm) {
        Layout layout = layout(algorithm, "10/minute");
        Layout later = layout.with(Limit.parseAll("10/hour"));

        assertThat(layout.takesReceiptsOf(layout)).isTrue();
        assertThat(later.takesReceiptsOf(layout)).isEqualTo(algorithm == Algorithm.SLIDING_WINDOW);
    }

    private static Layout layout(Algorithm algorithm, String limits) {
        return LimitRules.layout(new Terms("one", algorithm, Limit.parseAll(limits)));
    }
}
