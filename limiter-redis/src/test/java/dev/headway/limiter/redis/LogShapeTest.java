package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Limit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogShapeTest {

    @Test
    void tellsTheScriptEachLimitInTicks() {
        assertThat(arguments("10/second; 500/minute; 10000/day"))
                .isEqualTo("[, 100, 7, 10000, take, 2, 10, 10000, 500, 600000, 10000, 864000000]");
    }

    @Test
    void takesALogForSmallWhereAnyLimitKeepsItSo() {
        assertThat(arguments("20/minute; 10/60 second")).isEqualTo("[, 100, 7, 10, take, 2, 20, 600000, 10, 600000]");
        assertThat(arguments("1/second; 5000/minute")).startsWith("[, 100, 7, 60, ");
    }

    @Test
    void roundsWindowsUpToWholeTicks() {
        assertThat(arguments("1/100 year; 5/15 second")).isEqualTo("[, 10000000, 7, 1, take, 2, 1, 311040000, 5, 2]");
    }

    @Test
    void namesTheStampOfARefund() {
        LogShape shape = shape("10/minute");

        assertThat(text(shape.refund("1:2", 7, 4_294_967_295L, 3))).isEqualTo("[1:2, 100, 7, 10, 4294967295, 3]");
    }

    private static LogShape shape(String limits) {
        List<Limit> parsed = Limit.parseAll(limits);
        return new LogShape(parsed, Tick.of(parsed));
    }

    private static String arguments(String limits) {
        return text(shape(limits).question("", 7, LogShape.Question.TAKE, 2));
    }

    private static String text(byte[][] arguments) {
        return Arrays.stream(arguments)
                .map(argument -> new String(argument, StandardCharsets.US_ASCII))
                .toList()
                .toString();
    }
}
