package dev.headway.limiter.testing;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property on many random inputs. Not for sharing between threads.
 *
 * <p>Every run draws new seeds. A failure names its seed; {@code -Dheadway.seed=SEED} makes the same input again, alone.
 */
public final class Seeds {
    private static final String REPLAY = "headway.seed";

    private Seeds() {}

    /** Gives the property so many generators, each seeded afresh, or the one whose seed was asked for. */
    public static void forEach(int count, Consumer<Random> property) {
        Long replayed = Long.getLong(REPLAY);
        if (replayed != null) {
            check(replayed, property);
            return;
        }
        new Random().longs(count).forEach(seed -> check(seed, property));
    }

    private static void check(long seed, Consumer<Random> property) {
        try {
            property.accept(new Random(seed));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("with -D" + REPLAY + "=" + seed + ": " + failure.getMessage(), failure);
        }
    }
}
