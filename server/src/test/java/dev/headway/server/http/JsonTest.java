package dev.headway.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.DoubleNode;

class JsonTest {
    record Point(int step, @Nullable Double loss, float rate, String name) {}

    @Test
    void writesCompactInDeclarationOrderWithNulls() {
        assertThat(written(new Point(3, null, 0.5f, "a")))
                .isEqualTo("{\"step\":3,\"loss\":null,\"rate\":0.5,\"name\":\"a\"}");
    }

    @Test
    void writesNullForNumbersThatJsonCannotCarry() {
        assertThat(written(new Point(0, Double.NaN, Float.POSITIVE_INFINITY, "")))
                .isEqualTo("{\"step\":0,\"loss\":null,\"rate\":null,\"name\":\"\"}");
        assertThat(written(Map.of("loss", Double.NEGATIVE_INFINITY))).isEqualTo("{\"loss\":null}");
        assertThat(written(List.of(DoubleNode.valueOf(Double.NaN)))).isEqualTo("[null]");
        assertThat(written(Json.mapper().createObjectNode().put("a", Float.NaN)))
                .isEqualTo("{\"a\":null}");
        assertThat(written(new double[] {1.5, Double.NaN})).isEqualTo("[1.5,null]");
    }

    @Test
    void doesNotEscapeWhatIsNotAscii() {
        assertThat(written(Map.of("detail", "größer 東 🚂"))).isEqualTo("{\"detail\":\"größer 東 🚂\"}");
    }

    @Test
    void keepsTheOrderAndTheNullsOfMaps() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put("a", Arrays.asList(1, null));

        assertThat(written(map)).isEqualTo("{\"z\":null,\"a\":[1,null]}");
    }

    @Test
    void readsFractionsDigitForDigitAndTheLastOfTwoEqualKeys() {
        assertThat(Json.mapper().readTree("{\"a\":0.1000,\"a\":2e-5}").get("a").decimalValue())
                .isEqualTo(new BigDecimal("2E-5"));
    }

    @Test
    void refusesToReadDeeperThanItsBound() {
        String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);

        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> Json.mapper().readTree(deep));
    }

    @Test
    void refusesToReadPastTheFirstValue() {
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> Json.mapper().readTree("{} {}"));
    }

    private static String written(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }
}
