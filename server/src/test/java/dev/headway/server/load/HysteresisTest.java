package dev.headway.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HysteresisTest {
    private final Hysteresis hysteresis = new Hysteresis(Band.ofPercent(90));

    @ParameterizedTest
    @CsvSource({
        "'0 50 90', '...'",
        "'90 91 100', '.BB'",
        "'91 90 85 81', 'BBBB'",
        "'91 80 80 80 80', 'BBB..'",
        "'91 80 80 81 80 80 80', 'BBBBBB.'",
        "'91 0 0 0 85 91', 'BBB..B'",
        "'91 80 80 91 80 80 80', 'BBBBBB.'",
        "'? ? ? ?', '....'",
        "'91 ? ? 85 ? ? ?', 'BBBBBB.'",
        "'91 80 ? 80 95', 'BBB.B'",
    })
    void changesItsMindAtOnceUpwardsAndAfterThreeCalmLooksDownwards(String levels, String expected) {
        StringBuilder answers = new StringBuilder();
        for (Reading reading : readings(levels)) {
            answers.append(hysteresis.take(reading) ? 'B' : '.');
        }

        assertThat(answers).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"10, 8", "0, 0", "1, 0", "5, 4", "6, 4", "1000000, 800000"})
    void hasABandOfAFifthForCounts(int above, int back) {
        assertThat(Band.ofCount(above)).isEqualTo(new Band(above, back));
    }

    @Test
    void hasABandOfTenPointsForPercentages() {
        assertThat(Band.ofPercent(90)).isEqualTo(new Band(90, 80));
        assertThat(Band.ofPercent(5)).isEqualTo(new Band(5, 0));
    }

    private static List<Reading> readings(String levels) {
        List<Reading> readings = new ArrayList<>();
        for (String level : levels.split(" ", -1)) {
            readings.add(
                    level.equals("?") ? new Reading.Unknown("no card") : new Reading.Level(Double.parseDouble(level)));
        }
        return readings;
    }
}
