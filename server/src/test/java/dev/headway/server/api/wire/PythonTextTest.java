package dev.headway.server.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every expected text here is what CPython 3.11 prints for the same JSON. */
final class PythonTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | None",
                "true | True",
                "false | False",
                "-1 | -1",
                "123456789012345678901234567890 | 123456789012345678901234567890",
                "1.0 | 1.0",
                "0.1 | 0.1",
                "2e-5 | 2e-05",
                "0.0001 | 0.0001",
                "0.00001 | 1e-05",
                "1e15 | 1000000000000000.0",
                "1e16 | 1e+16",
                "1.5e300 | 1.5e+300",
                "1e23 | 1e+23",
                "1e999 | inf",
                "-1e999 | -inf",
                "2e-3 | 0.002",
                "2.2250738585072014e-308 | 2.2250738585072014e-308",
                "5e-324 | 5e-324",
                "0.30000000000000004 | 0.30000000000000004",
                "[] | []",
                "{} | {}",
                "[\"q_proj\", 1, null] | ['q_proj', 1, None]",
                "{\"a\": [true], \"b\": \"c\"} | {'a': [True], 'b': 'c'}",
                "[\"it's\"] | [\"it's\"]",
                "[\"it's \\\"so\\\"\"] | ['it\\'s \"so\"']",
                "[\"a\\nb\\\\\"] | ['a\\nb\\\\']",
                "[\"\\u0001\\u007f\\u00a0\"] | ['\\x01\\x7f\\xa0']",
                "[\"\\u200b\\u00e9\"] | ['\\u200bé']",
                "[\"\\ud800\"] | ['\\ud800']",
                "[\"\\ud83d\\ude00\"] | ['😀']",
                "[\"\\udb40\\udc01\"] | ['\\U000e0001']",
            })
    void printsValuesAsPythonDoes(String json, String expected) {
        assertThat(PythonText.repr(value(json))).isEqualTo(expected);
    }

    @Test
    void leavesAStringBareWhereAnFStringWould() {
        assertThat(PythonText.str(value("\"it's\""))).isEqualTo("it's");
        assertThat(PythonText.str(value("[\"a\"]"))).isEqualTo("['a']");
    }

    @Test
    void printsListsOfStrings() {
        assertThat(PythonText.list(List.of("c_attn", "c_proj"))).isEqualTo("['c_attn', 'c_proj']");
        assertThat(PythonText.list(List.of())).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({"1,int", "1.5,float", "true,bool", "null,NoneType", "{},dict", "[],list"})
    void namesTheTypeThatPythonWouldRead(String json, String expected) {
        assertThat(PythonText.typeName(value(json))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.0E-3, 4.35, Double.MAX_VALUE, Double.MIN_NORMAL})
    void printsDigitsThatReadBackAsTheSameNumber(double number) {
        assertThat(Double.parseDouble(PythonText.number(number))).isEqualTo(number);
    }

    private static JsonNode value(String json) {
        return Json.mapper().readTree(json);
    }
}
