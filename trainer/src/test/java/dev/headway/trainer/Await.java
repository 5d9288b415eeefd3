package dev.headway.trainer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does: looks until it is so, and gives up at a deadline. */
public final class Await {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private Await() {}

    /** Returns as soon as the condition holds; fails with what was waited for when it never does. */
    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LONGEST.toNanos())
                throw new AssertionError("waited " + LONGEST.toSeconds() + " s in vain until " + what);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
