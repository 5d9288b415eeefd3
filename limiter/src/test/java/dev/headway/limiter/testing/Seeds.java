package dev.headway.limiter.testing;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property on many random inputs. Not for sharing between threads.
 *
 * <p>Every build takes the same seeds, so that a red build is its change's doing. {@code -Dheadway.seeds=fresh} draws others: that is
 * how rare cases are hunted. A failure names its seed; {@code -Dheadway.seed=SEED} makes the same input again, alone. {@code
 * -Dheadway.inputs=N} takes no more than the first N, where tests are run a thousand times over.
 */
public final class Seeds {
    private static final String REPLAY = "headway.seed";
    private static final String DRAW = "headway.seeds";
    private static final String MOST = "headway.inputs";
    private static final long EVERY_BUILD = 20_261_124;

    private Seeds() {}

    /** Gives the property so many generators, each seeded differently, or the one whose seed was asked for. */
    public static void forEach(int count, Consumer<Random> property) {
        Long replayed = Long.getLong(REPLAY);
        if (replayed != null) {
            check(replayed, property);
            return;
        }
        new Random(first())
                .longs(Math.min(count, Integer.getInteger(MOST, count)))
                .forEach(seed -> check(seed, property));
    }

    /** Returns the seed that a property begins with: the one asked for, a fresh one if that is asked for, else that of every build. */
    public static long first() {
        boolean fresh = "fresh".equals(System.getProperty(DRAW));
        return Long.getLong(REPLAY, fresh ? System.nanoTime() : EVERY_BUILD);
    }

    private static void check(long seed, Consumer<Random> property) {
        try {
            property.accept(new Random(seed));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("with -D" + REPLAY + "=" + seed + ": " + failure.getMessage(), failure);
        }
    }
}
