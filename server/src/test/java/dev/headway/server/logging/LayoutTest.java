package dev.headway.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LayoutTest {
    private static final Logger LOG = LoggerFactory.getLogger(LayoutTest.class);

    private final LogLines lines = LogLines.of(LayoutTest.class);

    @AfterEach
    void stopListening() {
        lines.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\n12:00:00 INFO  all is well", "a\u2028b", "a\u0085b", "a\u001b[2Jb", "a\u202eb", "a\u0000b"
            })
    void writesOneLineWhateverAClientHasPutIntoIt(String name) throws Exception {
        LOG.info("job {} is odd", name);

        String text = TextLayout.full(ZoneOffset.UTC).doLayout(only());
        String json = new JsonLayout().doLayout(only());

        assertThat(text).endsWith("is odd\n").containsPattern("a\\\\u[0-9a-f]{4}");
        assertThat(text.strip()).doesNotContainPattern("[\\p{Cntrl}\u0085\u2028\u202e]");
        assertThat(json.strip()).doesNotContainPattern("[\\p{Cntrl}\u0085\u2028\u202e]");
        assertThat(json).endsWith("}\n");
        assertThat(json(json).path("message").asString()).startsWith("job a\\u").endsWith("is odd");
    }

    @Test
    void letsNoMessageOfAnExceptionBeginALine() {
        LOG.error("failed", new IllegalStateException("x\nfake", new IllegalArgumentException("y\r\nfake")));

        String text = TextLayout.brief(ZoneOffset.UTC).doLayout(only());

        assertThat(text.lines()).noneMatch(line -> line.startsWith("fake"));
        assertThat(text)
                .contains("\njava.lang.IllegalStateException: x\\u000afake\n\tat ")
                .contains("\nCaused by: java.lang.IllegalArgumentException: y\\u000d\\u000afake\n\t... ");
    }

    @Test
    void saysWhenHowBadAndWhat() {
        LOG.warn("Redis is {}", "away");

        assertThat(TextLayout.brief(ZoneOffset.UTC).doLayout(only()))
                .matches("\\d\\d:\\d\\d:\\d\\d WARN  Redis is away\n");
        assertThat(TextLayout.full(ZoneOffset.UTC).doLayout(only()))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  \\[.+] LayoutTest - Redis is away\n");
    }

    @Test
    void writesTheFieldsOfAnEventAsJson() {
        LOG.atInfo()
                .addKeyValue("client", "203.0.113.7")
                .addKeyValue("refused", 41L)
                .addKeyValue("message", "another")
                .log("refused");

        JsonNode line = json(new JsonLayout().doLayout(only()));

        assertThat(line.path("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.+Z");
        assertThat(line.path("level").asString()).isEqualTo("INFO");
        assertThat(line.path("logger").asString()).isEqualTo(LayoutTest.class.getName());
        assertThat(line.path("message").asString()).isEqualTo("refused");
        assertThat(line.path("client").asString()).isEqualTo("203.0.113.7");
        assertThat(line.path("refused").isNumber()).isTrue();
    }

    @Test
    void writesAnExceptionAsJsonInOneLine() {
        LOG.error("failed", new IllegalStateException("no disk"));

        String text = new JsonLayout().doLayout(only());

        assertThat(text.lines()).hasSize(1);
        assertThat(json(text).path("error").asString()).isEqualTo("java.lang.IllegalStateException: no disk");
        assertThat(json(text).path("trace").asString()).contains("\tat dev.headway.server.logging.LayoutTest.");
    }

    private ILoggingEvent only() {
        assertThat(lines.events()).hasSize(1);
        return lines.events().get(0);
    }

    private static JsonNode json(String line) {
        return JsonMapper.builder().build().readTree(line);
    }
}
