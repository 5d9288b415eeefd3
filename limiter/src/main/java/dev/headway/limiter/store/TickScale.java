package dev.headway.limiter.store;

import dev.headway.limiter.algorithm.Moment;
import java.time.Duration;

/**
 * How nanoseconds become ticks. Immutable.
 *
 * <p>A tick is a power of two of nanoseconds, so that a shift converts, and as short as it can be while the window lasts at most
 * 2³¹ ticks, so that 32 bits can hold the distance of any two stamps that matter: 32 ns for a minute, 2 µs for an hour, 66 µs for
 * a day, 17 ms for a year.
 *
 * @param shift the binary logarithm of the nanoseconds in a tick
 */
record TickScale(int shift) {
    private static final long MAX_WINDOW_TICKS = 1L << 31;

    static TickScale forWindow(Duration longest) {
        int shift = 0;
        while (new TickScale(shift).windowTicks(longest) > MAX_WINDOW_TICKS) {
            shift++;
        }
        return new TickScale(shift);
    }

    long windowTicks(Duration window) {
        return ceiling(window.toNanos());
    }

    Moment moment(long nanos) {
        return new Moment(floor(nanos), ceiling(nanos));
    }

    long floor(long nanos) {
        return nanos >> shift;
    }

    long ceiling(long nanos) {
        return (nanos >> shift) + ((nanos & ((1L << shift) - 1)) == 0 ? 0 : 1);
    }

    /** Returns the first tick that is not before a tick of another scale. */
    long tick(long otherTick, TickScale other) {
        return other.shift > shift
                ? otherTick << (other.shift - shift)
                : new TickScale(shift - other.shift).ceiling(otherTick);
    }

    /** Returns the time at which a tick is reached, or the end of time. */
    long nanosAt(long tick) {
        return tick > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : tick << shift;
    }

    /** Returns the nanoseconds from now until so many ticks after the floor of now; zero for no ticks. */
    long nanosUntil(long ticksAfterFloor, long nowNanos) {
        return ticksAfterFloor == 0 ? 0 : (ticksAfterFloor << shift) - (nowNanos & ((1L << shift) - 1));
    }
}
