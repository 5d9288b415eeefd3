package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The log that one limiter's limits need in Redis: its tick, and what the script is told about it. Immutable; threads
 * may share it.
 *
 * <p>A tick is the least power of ten of microseconds that lets the longest window have fewer than 2<sup>30</sup> of
 * them: 1 µs up to 17 minutes, 10 µs for an hour, 100 µs for a day, 10 ms for a month, 100 ms for a year. Windows are
 * rounded up to whole ticks. There are few ticks, so that most changes of a window keep the log.
 */
final class LogShape {

    /** A log of 4-byte stamps is at most twice as long as this, which keeps rewriting it below a millisecond. */
    static final int MOST_PERMITS = 100_000;

    private static final long MOST_TICKS = (1L << 30) - 1024;

    private final List<Limit> limits;
    private final int[] longestFirst;
    private final int[] placesInAnswer;
    private final int tickExponent;
    private final byte[] tick;
    private final byte[][] windows;

    LogShape(List<Limit> limits) {
        this.limits = List.copyOf(limits);
        this.longestFirst = longestFirst(limits);
        this.placesInAnswer = inverse(longestFirst);
        Limit longest = limits.get(longestFirst[0]);
        requireKeepable(longest);
        this.tickExponent = tickExponent(longest);
        this.tick = text(tickMicros());
        this.windows = windows();
    }

    List<Limit> limits() {
        return limits;
    }

    /** The decimal logarithm of the microseconds in a tick. */
    int tickExponent() {
        return tickExponent;
    }

    long tickMicros() {
        return powerOfTen(tickExponent);
    }

    /** The most that one request can ask for and be admitted. */
    int leastPermits() {
        return limits.stream().mapToInt(Limit::permits).min().orElseThrow();
    }

    /** The place in the script's answer of the limit that stands at a place in {@link #limits}. */
    int placeInAnswer(int limit) {
        return placesInAnswer[limit];
    }

    /** The script's arguments; an empty clock means that of the server. */
    byte[][] arguments(String clock, int permits) {
        byte[][] arguments = new byte[3 + windows.length][];
        arguments[0] = text(clock);
        arguments[1] = tick;
        arguments[2] = text(permits);
        System.arraycopy(windows, 0, arguments, 3, windows.length);
        return arguments;
    }

    private byte[][] windows() {
        List<byte[]> arguments = new ArrayList<>();
        for (int place : longestFirst) {
            Limit limit = limits.get(place);
            arguments.add(text(limit.permits()));
            arguments.add(text(ticks(limit, tickExponent)));
        }
        return arguments.toArray(byte[][]::new);
    }

    private static int[] longestFirst(List<Limit> limits) {
        Comparator<Integer> longer =
                Comparator.comparing(place -> limits.get(place).window());
        // Of two limits with the same window the smaller one bounds the log.
        Comparator<Integer> order =
                longer.reversed().thenComparing(place -> limits.get(place).permits());
        return IntStream.range(0, limits.size())
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int place = 0; place < permutation.length; place++) {
            inverse[permutation[place]] = place;
        }
        return inverse;
    }

    private static void requireKeepable(Limit longest) {
        if (longest.permits() > MOST_PERMITS) {
            throw new IllegalArgumentException("limit \"" + longest + "\": " + longest.permits()
                    + " permits in the longest window; Redis keeps a stamp of each, and at most " + MOST_PERMITS
                    + " are accepted");
        }
    }

    private static int tickExponent(Limit longest) {
        int exponent = 0;
        while (ticks(longest, exponent) > MOST_TICKS) {
            exponent++;
        }
        return exponent;
    }

    private static long ticks(Limit limit, int tickExponent) {
        long micros = TimeUnit.SECONDS.toMicros(limit.window().toSeconds());
        long tick = powerOfTen(tickExponent);
        return (micros + tick - 1) / tick;
    }

    private static long powerOfTen(int exponent) {
        return exponent == 0 ? 1 : 10 * powerOfTen(exponent - 1);
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
