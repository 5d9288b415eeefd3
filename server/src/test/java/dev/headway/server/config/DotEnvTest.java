package dev.headway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=b                | b",
                "A = b              | b",
                "export A=b         | b",
                "A=b c              | b c",
                "A=b # comment      | b",
                "A=b#c              | b#c",
                "A='b # c' # d      | b # c",
                "A='a\\nb'          | a\\nb",
                "A=\"b # c\"        | b # c",
                "A=\"say \\\"b\\\"\"| say \"b\"",
                "A=a=b=c            | a=b=c",
                "A=                 | ``",
                "A=# nothing        | ``",
                "A=''               | ``",
            })
    void readsALine(String line, String value) {
        assertThat(DotEnv.parse("f", List.of(line), problems).get("A")).isEqualTo(new DotEnv.Entry(value, 1));
        assertThat(problems.sentences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "=b", "1A=b", "A-B=c", "A='b", "A=\"b", "A=\"b\" c", "A='b' c"})
    void refusesALineThatIsNone(String line) {
        assertThat(DotEnv.parse("f", List.of("", line), problems)).isEmpty();
        assertThat(problems.sentences()).singleElement().asString().startsWith("f, line 2: ");
    }

    @Test
    void takesTheLastOfTwo() {
        Map<String, DotEnv.Entry> entries = DotEnv.parse("f", List.of("A=1", "# A=2", "A=3"), problems);

        assertThat(entries).containsOnly(Map.entry("A", new DotEnv.Entry("3", 3)));
    }
}
