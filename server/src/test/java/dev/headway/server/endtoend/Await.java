package dev.headway.server.endtoend;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what another process does: a condition looked at again and again, with a deadline that ends a broken run. */
final class Await {
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final Duration STEP = Duration.ofMillis(200);

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + DEADLINE + " for this in vain: " + what);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
