package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Terms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShapeTest {

    @Test
    void tellsTheScriptEachLimitInTicks() {
        assertThat(claim("10/second; 500/minute; 10000/day"))
                .isEqualTo("[sliding-window, 100, 7, 10000, 2, 0, 3, 10, 10000, 500, 600000, 10000, 864000000]");
    }

    @Test
    void takesALogForSmallWhereAnyLimitKeepsItSo() {
        assertThat(claim("20/minute; 10/60 second"))
                .isEqualTo("[sliding-window, 100, 7, 10, 2, 0, 2, 20, 600000, 10, 600000]");
        assertThat(claim("1/second; 5000/minute")).startsWith("[sliding-window, 100, 7, 60, ");
    }

    @Test
    void roundsWindowsUpToWholeTicks() {
        assertThat(claim("1/100 year; 5/15 second"))
                .isEqualTo("[sliding-window, 10000000, 7, 1, 2, 0, 2, 1, 311040000, 5, 2]");
    }

    @Test
    void lengthensEachWindowByTheGrace() {
        Terms terms = new Terms("login", Algorithm.SLIDING_WINDOW, Limit.parseAll("10/second; 20/minute"));

        assertThat(claim(new Shape(terms, new Tick(2), 1000)))
                .isEqualTo("[sliding-window, 100, 7, 20, 2, 0, 2, 10, 11000, 20, 601000]");
    }

    @Test
    void tellsTheBurstOfATokenBucket() {
        Terms terms = new Terms("login", Algorithm.TOKEN_BUCKET, Limit.parseAll("10/second"), 25);

        assertThat(claim(new Shape(terms, new Tick(2), 0))).isEqualTo("[token-bucket, 100, 7, 25, 2, 0, 1, 10, 10000]");
    }

    private static String claim(String limits) {
        Terms terms = new Terms("login", Algorithm.SLIDING_WINDOW, Limit.parseAll(limits));
        return claim(new Shape(terms, Tick.of(terms.limits()), 0));
    }

    private static String claim(Shape shape) {
        List<byte[]> arguments = new ArrayList<>();
        shape.addClaim(arguments, 7, 2, false);
        return arguments.stream()
                .map(argument -> new String(argument, StandardCharsets.US_ASCII))
                .toList()
                .toString();
    }
}
