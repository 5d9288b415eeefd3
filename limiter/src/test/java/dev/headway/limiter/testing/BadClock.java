package dev.headway.limiter.testing;

import java.util.Random;

/**
 * A clock that behaves as badly as its generator says: it begins at zero, below zero or near an end of long, and stands still,
 * creeps, jumps and now and then runs backwards. Not for sharing between threads.
 */
public final class BadClock {
    private static final long[] ORIGINS = {
        0,
        1,
        -1,
        -1_000_000,
        1L << 32,
        Long.MAX_VALUE - 1_000_000,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1_000_000
    };

    /** Some hours in nanoseconds: a story must end before 292 years have passed, where differences of long end too. */
    private static final long MOST_STEP_FOR_FAR_JUMP = 10_000_000_000_000L;

    private final Random random;
    private final long step;
    private long now;

    /** Makes a clock whose usual step is so long. */
    public BadClock(Random random, long step) {
        this.random = random;
        this.step = step;
        this.now = ORIGINS[random.nextInt(ORIGINS.length)];
    }

    /** Returns the time at which the clock stands. */
    public long now() {
        return now;
    }

    /** Moves the clock on, or not, or back, and returns the time. */
    public long next() {
        now += switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> 0;
            case 5 -> 20 * within(step);
            case 6 -> 5 * -within(step);
            case 7 -> 1;
            case 8 -> within(farJump());
            default -> within(step);
        };
        return now;
    }

    private long farJump() {
        return Math.max(step, 1000 * Math.min(step, MOST_STEP_FOR_FAR_JUMP));
    }

    private long within(long most) {
        return (long) (random.nextDouble() * most);
    }
}
