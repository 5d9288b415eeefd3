package dev.headway.server.throttle.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wait.                                    | Wait.",
                "Wait {retry_after} s.                    | Wait 42 s.",
                "{limit}{endpoint}                        | 10 per 1 minutePOST /x",
                "No more than {limit} of {endpoint}!      | No more than 10 per 1 minute of POST /x!",
                "Say \"please\", \\ {RETRY_AFTER}         | Say \\\"please\\\", \\\\ 42",
                "Zu viel: 少々お待ちください {retry_after} | Zu viel: 少々お待ちください 42",
            })
    void putsTheFactsInTheirPlacesAsJson(String text, String expected) {
        assertThat(written(Message.parse(text))).isEqualTo(expected);
    }

    @Test
    void escapesWhatWouldEndALine() {
        assertThat(written(Message.parse("a\r\nb\0"))).isEqualTo("a\\u000d\\u000ab\\u0000");
    }

    @ParameterizedTest
    @CsvSource({
        "Wait {seconds},     '\"{seconds}\" at column 6'",
        "Wait {},            '\"{}\" at column 6'",
        "Wait {retry_after,  '\"{\" at column 6'",
        "Wait }{limit},      '\"}\" at column 6'",
        "{{limit}},          '\"{\" at column 1'",
    })
    void saysWhereThereIsNoFact(String text, String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.parse(text))
                .withMessage(place + " is no place for a fact; accepted are {limit}, {retry_after} and {endpoint}");
    }

    @Test
    void hasNoMoreThanAThousandCharacters() {
        assertThat(Message.parse("a".repeat(1_000))).hasToString("a".repeat(1_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.parse("a".repeat(1_001)))
                .withMessageContaining("1001 characters");
    }

    private static String written(Message message) {
        JsonBytes json = new JsonBytes();
        message.write(json, "10 per 1 minute", 42, "POST /x".getBytes(StandardCharsets.UTF_8));
        return new String(json.bytes(), StandardCharsets.UTF_8);
    }
}
