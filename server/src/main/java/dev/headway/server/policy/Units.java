package dev.headway.server.policy;

import dev.headway.limiter.Limit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with a unit; stateless. */
final class Units {
    static final String SOME_BYTES = "a number of bytes such as 1MB or 512KiB";
    static final String SOME_TIME = "a time such as 30 seconds, 10 minutes or 1 hour";

    private static final Pattern BYTES = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)\\s*([A-Za-z]*)");
    private static final Map<String, Long> FACTORS = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);

    private Units() {}

    /**
     * Reads {@code 1MB}, {@code 512 KiB} or {@code 65536}.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    static long bytes(String text) {
        Matcher matcher = BYTES.matcher(text.strip());
        Long factor = matcher.matches() ? FACTORS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (factor == null) {
            throw new IllegalArgumentException("accepted is " + SOME_BYTES + ", with B, KB, MB, GB, KiB, MiB or GiB");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(BigDecimal.valueOf(1L << 50)) > 0) {
            throw new IllegalArgumentException("accepted is at least 1 byte and less than 1024 TiB");
        }
        return bytes.longValue();
    }

    /**
     * Reads {@code 30 seconds}, {@code 10 minutes} or {@code hour}.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    static Duration time(String text) {
        try {
            return Limit.parse("1/" + text).window();
        } catch (IllegalArgumentException complaint) {
            throw new IllegalArgumentException("accepted is " + SOME_TIME, complaint);
        }
    }

    /**
     * Reads a whole number.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    static int number(String text, int least, int most) {
        boolean isPlain = text.matches("[0-9]{1,9}");
        if (!isPlain || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("accepted are whole numbers from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    /**
     * Reads {@code true} or {@code false}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("accepted are true and false");
        };
    }
}
