package dev.headway.server.throttle.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BusyLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "10/minute, 5/minute, '[5/minute]'",
        "10/minute, 20/minute, '[10/minute]'",
        "100/hour;10/minute, 5/minute, '[100/hour, 5/minute]'",
        "10/minute, 60/hour, '[10/minute, 60/hour]'",
        "600/hour, 5/minute, '[600/hour, 5/minute]'",
        "10/minute, 5/60 second, '[5/60 second]'",
    })
    void holdForEverybodyBesideTheUsualOnes(String usual, String busy, String expected) {
        assertThat(limits(usual, busy, Algorithm.SLIDING_WINDOW).forEverybody()).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10/minute, 5/minute, 20/minute, '[10/minute]'",
        "10/minute, 5/minute, 5/minute, '[2/minute]'",
        "10/minute, 5/minute, 1/minute, '[1/minute]'",
        "10/minute, 20/minute, 7/minute, '[7/minute]'",
        "10/minute, 3/minute, 1000/hour;100/minute, '[300/hour, 30/minute]'",
        "100/hour;10/minute, 5/minute, 20/minute, '[10/minute]'",
        "600/hour, 5/minute, 20/minute, '[10/minute]'",
        "100/minute, 29/minute, 100/minute, '[29/minute]'",
        "10/minute, 5/minute;120/hour, 100/minute, '[20/minute]'",
        "2147483647/year, 1/year, 2147483647/year, '[1/year]'",
    })
    void lowerATierInTheProportionInWhichEverybodyIs(String usual, String busy, String tier, String expected) {
        assertThat(limits(usual, busy, Algorithm.SLIDING_WINDOW).forTier(Limit.parseAll(tier)))
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"10/minute, 5/minute, '[5/minute]'", "600/hour, 5/minute, '[300/hour]'"})
    void keepTheLengthOfWindowsWhereTheAlgorithmDoes(String usual, String busy, String expected) {
        assertThat(limits(usual, busy, Algorithm.TOKEN_BUCKET).forEverybody()).hasToString(expected);
    }

    private static BusyLimits limits(String usual, String busy, Algorithm algorithm) {
        return new BusyLimits(Limit.parseAll(usual), Limit.parseAll(busy), algorithm);
    }
}
