package dev.headway.server.api.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Whole numbers as pydantic reads them from texts and JSON: {@code " +1_000.0 "} is 1000; pure functions.
 *
 * <p>Numbers beyond 64 bits become the nearest that fits, which serves sizes and offsets as well.
 */
final class Integers {
    private static final Pattern TEXT = Pattern.compile("([+-]?\\d+(?:_\\d+)*)(?:\\.0+)?");
    private static final int MAX_DIGITS = 1_000;

    private Integers() {}

    /** Parses a text, or returns nothing if it is no whole number. */
    static OptionalLong find(String text) {
        var match = TEXT.matcher(text.strip());
        if (text.length() > MAX_DIGITS || !match.matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(nearestLong(new BigInteger(match.group(1).replace("_", ""))));
    }

    /** Returns the number if it has no fraction. */
    static OptionalLong find(BigDecimal number) {
        if (number.signum() != 0 && number.precision() - number.scale() > MAX_DIGITS) {
            return OptionalLong.of(number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        return whole ? OptionalLong.of(nearestLong(number.toBigInteger())) : OptionalLong.empty();
    }

    private static long nearestLong(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
