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

        assertThat(arguments(shape)).isEqualTo("[, 100, 2, 10000, 864000000, 500, 600000, 10, 10000]");
        assertThat(shape.placeInAnswer(0)).isEqualTo(2);
        assertThat(shape.placeInAnswer(2)).isZero();
    }

    @Test
    void boundsTheLogByTheSmallerOfTwoLimitsWithOneWindow() {
        assertThat(arguments(shape("20/minute; 10/60 second"))).isEqualTo("[, 1, 2, 10, 60000000, 20, 60000000]");
    }

    @Test
    void lengthensTheTickUntilTheLongestWindowFitsIntoThirtyBits() {
        assertThat(shape("1/17 minute").tickMicros()).isEqualTo(1);
        assertThat(shape("1/hour").tickMicros()).isEqualTo(10);
        assertThat(shape("1/day").tickMicros()).isEqualTo(100);
        assertThat(shape("1/month").tickMicros()).isEqualTo(10_000);
        assertThat(shape("1/year").tickMicros()).isEqualTo(100_000);
        assertThat(shape("1/100 year").tickMicros()).isEqualTo(10_000_000);
        assertThat(shape("1/100 year").tickExponent()).isEqualTo(7);
    }

    @Test
    void roundsWindowsUpToWholeTicks() {
        assertThat(arguments(shape("1/100 year; 5/15 second"))).isEqualTo("[, 10000000, 2, 1, 311040000, 5, 2]");
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
