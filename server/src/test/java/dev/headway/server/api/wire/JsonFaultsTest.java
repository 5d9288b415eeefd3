package dev.headway.server.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every expected sentence here is what {@code json.loads} of CPython 3.11 raised for the same text. */
final class JsonFaultsTest {
    @SuppressWarnings("UnusedVariable") // read by FieldSource, which Error Prone does not see
    private static final Arguments[] BROKEN = {
        broken("", "Expecting value: line 1 column 1 (char 0)"),
        broken("  ", "Expecting value: line 1 column 3 (char 2)"),
        broken("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        broken("{'a':1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        broken("{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        broken("{,}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        broken("{\"a\":1,", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
        broken("{\"a\":1,}", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
        broken("{\"a\":1,,}", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
        broken("{\"a\"", "Expecting ':' delimiter: line 1 column 5 (char 4)"),
        broken("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"),
        broken("{\"a\":", "Expecting value: line 1 column 6 (char 5)"),
        broken("{\"a\":tru}", "Expecting value: line 1 column 6 (char 5)"),
        broken("{\"a\":1", "Expecting ',' delimiter: line 1 column 7 (char 6)"),
        broken("{\"a\":1]", "Expecting ',' delimiter: line 1 column 7 (char 6)"),
        broken("[", "Expecting value: line 1 column 2 (char 1)"),
        broken("[,]", "Expecting value: line 1 column 2 (char 1)"),
        broken("[1,]", "Expecting value: line 1 column 4 (char 3)"),
        broken("[1", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
        broken("[1}", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
        broken("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"),
        broken("nul", "Expecting value: line 1 column 1 (char 0)"),
        broken("]", "Expecting value: line 1 column 1 (char 0)"),
        broken("\u00a0{}", "Expecting value: line 1 column 1 (char 0)"),
        broken("-", "Expecting value: line 1 column 1 (char 0)"),
        broken(".5", "Expecting value: line 1 column 1 (char 0)"),
        broken("+1", "Expecting value: line 1 column 1 (char 0)"),
        broken("01", "Extra data: line 1 column 2 (char 1)"),
        broken("1.", "Extra data: line 1 column 2 (char 1)"),
        broken("1e+", "Extra data: line 1 column 2 (char 1)"),
        broken("1 2", "Extra data: line 1 column 3 (char 2)"),
        broken("{\"a\":1}\n{\"b\":2}\n", "Extra data: line 2 column 1 (char 8)"),
        broken("[1,\n 2,\n x]", "Expecting value: line 3 column 2 (char 9)"),
        broken("{\"a\":[1,{\"b\":}]}", "Expecting value: line 1 column 14 (char 13)"),
        broken("\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"),
        broken("\"a\\", "Unterminated string starting at: line 1 column 1 (char 0)"),
        broken("{\"a\":\"x", "Unterminated string starting at: line 1 column 6 (char 5)"),
        broken("\"a\nb\"", "Invalid control character at: line 1 column 3 (char 2)"),
        broken("\"a\\q\"", "Invalid \\escape: line 1 column 3 (char 2)"),
        broken("\"a\\u12\"", "Invalid \\uXXXX escape: line 1 column 4 (char 3)"),
        broken("\"a\\u1234", "Invalid \\uXXXX escape: line 1 column 4 (char 3)"),
        broken("\"a\\u12G4\"", "Invalid \\uXXXX escape: line 1 column 4 (char 3)"),
        broken("\"\\uD83D\\u\"", "Invalid \\uXXXX escape: line 1 column 9 (char 8)"),
        broken("{\"\u00e9\":\"\ud83d\ude00\" x}", "Expecting ',' delimiter: line 1 column 10 (char 9)"),
    };

    @ParameterizedTest
    @FieldSource("BROKEN")
    void namesPlaceAndReasonAsPythonDoes(String text, String expected) {
        assertThat(JsonFaults.find(text).map(JsonFault::text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " [ ] ",
                "null",
                "-0.5e+10",
                "\"\\u00e9\\n\"",
                "{\"a\":[1,{\"b\":false}],\"c\":\"\"}",
                "\t[1 , 2]\r\n"
            })
    void findsNothingInJson(String text) {
        assertThat(JsonFaults.find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "[Infinity]", "{\"a\":-Infinity}"})
    void takesTheNumbersThatPythonAddsToJsonForFaults(String text) {
        assertThat(JsonFaults.find(text).map(JsonFault::message)).contains("Expecting value");
    }

    @Test
    void givesUpOnTextsNestedTooDeepToWalk() {
        assertThat(JsonFaults.find("[".repeat(1_000_000))).isEqualTo(Optional.empty());
    }

    private static Arguments broken(String text, String sentence) {
        return Arguments.of(text, sentence);
    }
}
