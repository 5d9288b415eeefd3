package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The unit of time of a key: a power of ten of microseconds. An immutable value.
 *
 * <p>It is the least one, from a tenth of a millisecond on, that lets the longest window have fewer than 2<sup>30</sup> of them: 0.1 ms for
 * windows of up to 29 hours, 10 ms up to 124 days, 100 ms up to three years, 10 s for a hundred. The tick is in the key and the window
 * is not, so limits may change from second to day without leaving their log.
 *
 * @param exponent the decimal logarithm of its microseconds
 */
record Tick(int exponent) {

    private static final int LEAST_EXPONENT = 2;
    /** The most ticks of a window, or of a wait. */
    static final long MOST = (1L << 30) - 1024;

    /** The tick for the longest of some limits' windows. */
    static Tick of(List<Limit> limits) {
        Limit longest = Shape.longest(limits);
        int exponent = LEAST_EXPONENT;
        while (!new Tick(exponent).fits(longest)) {
            exponent++;
        }
        return new Tick(exponent);
    }

    /** Whether a limit's window has few enough of these ticks. */
    boolean fits(Limit limit) {
        return ticks(limit) <= MOST;
    }

    long micros() {
        return powerOfTen(exponent);
    }

    /** The ticks of a limit's window, rounded up. */
    long ticks(Limit limit) {
        return (TimeUnit.SECONDS.toMicros(limit.window().toSeconds()) + micros() - 1) / micros();
    }

    /** Returns the next longer tick. */
    Tick longer() {
        return new Tick(exponent + 1);
    }

    /** Returns the ticks of a time, rounded up. */
    long ticks(Duration time) {
        return -Math.floorDiv(-time.toNanos(), TimeUnit.MICROSECONDS.toNanos(micros()));
    }

    /** Returns the ticks of so many nanoseconds, rounded down. */
    long floor(long nanos) {
        return nanos / TimeUnit.MICROSECONDS.toNanos(micros());
    }

    long toNanos(long ticks) {
        return TimeUnit.MICROSECONDS.toNanos(ticks * micros());
    }

    private static long powerOfTen(int exponent) {
        return exponent == 0 ? 1 : 10 * powerOfTen(exponent - 1);
    }
}
