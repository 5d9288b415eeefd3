package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Limit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LogShapeTest {

    @Test
    void tellsTheScriptTheLongestWindowFirst() {
        LogShape shape = shape("10/second; 500/minute; 10000/day");

        assertThat(arguments(shape)).isEqualTo("[, 1, 2, 10000, 86400000, 500, 60000, 10, 1000]");
        assertThat(shape.placeInAnswer(0)).isEqualTo(2);
        assertThat(shape.placeInAnswer(2)).isZero();
    }

    @Test
    void boundsTheLogByTheSmallerOfTwoLimitsWithOneWindow() {
        assertThat(arguments(shape("20/minute; 10/60 second"))).isEqualTo("[, 1, 2, 10, 60000, 20, 60000]");
    }

    @Test
    void lengthensTheTickUntilTheLongestWindowFitsIntoThirtyBits() {
        assertThat(shape("1/12 day").tickMillis()).isEqualTo(1);
        assertThat(shape("1/month").tickMillis()).isEqualTo(3);
        assertThat(shape("1/year").tickMillis()).isEqualTo(29);
        assertThat(shape("1/100 year").tickMillis()).isEqualTo(2897);
    }

    @Test
    void roundsWindowsUpToWholeTicks() {
        assertThat(arguments(shape("1/year; 5/second"))).isEqualTo("[, 29, 2, 1, 1072551725, 5, 35]");
    }

    @Test
    void refusesMorePermitsThanALogMayHold() {
        assertThatThrownBy(() -> shape("10/second; 100001/minute"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit \"100001/minute\": 100001 permits in the longest window; "
                        + "Redis keeps a stamp of each, and at most 100000 are accepted");
    }

    private static LogShape shape(String limits) {
        return new LogShape(Limit.parseAll(limits));
    }

    private static String arguments(LogShape shape) {
        return Arrays.stream(shape.arguments("", 2))
                .map(argument -> new String(argument, StandardCharsets.US_ASCII))
                .toList()
                .toString();
    }
}
