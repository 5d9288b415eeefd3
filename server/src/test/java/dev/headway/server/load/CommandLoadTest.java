package dev.headway.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the operator's own command. */
final class CommandLoadTest {
    @ParameterizedTest
    @CsvSource({"echo 0, 0", "echo 100, 100", "echo 100.0, 100", "echo ' 97.5 % ', 97.5", "printf '%d%%' 4 | tr 4 7, 7"
    })
    void isTheNumberThatTheCommandPrints(String command, double level) {
        assertThat(look(command)).isEqualTo(new Reading.Level(level));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "echo busy",
                "echo 100.1",
                "echo -1",
                "echo 1e1",
                "echo 12; echo 13",
                "echo NaN",
                "yes | head -n 9"
            })
    void isNotKnownWhereItPrintsSomethingElse(String command) {
        assertThat(look(command))
                .isInstanceOfSatisfying(
                        Reading.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .startsWith("DYNAMIC_LIMIT_COMMAND printed \"")
                                .endsWith("\"; accepted is a number from 0 to 100"));
    }

    @Test
    void isNotKnownWhereItFails() {
        assertThat(look("echo 97; exit 3"))
                .isEqualTo(new Reading.Unknown("DYNAMIC_LIMIT_COMMAND: it ended with exit code 3"));
    }

    @Test
    void isNotKnownWhereItHangs() {
        assertThat(new CommandLoad("sleep 1000", Map.of(), Duration.ofMillis(300)).look())
                .isEqualTo(new Reading.Unknown("DYNAMIC_LIMIT_COMMAND: it gave no answer within 300 ms"));
    }

    private static Reading look(String command) {
        return new CommandLoad(command, Map.of("PATH", "/usr/bin:/bin"), Duration.ofSeconds(20)).look();
    }
}
