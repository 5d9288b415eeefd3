package dev.headway.jobs;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do: asks again and again until a deadline. Stateless. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Await() {}

    /**
     * Waits until something is so, half a minute at most.
     *
     * @param what what is waited for, for the message
     * @param condition whether it is so
     * @throws AssertionError if it is not so in time
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, condition, PATIENCE);
    }

    /**
     * Waits until something is so.
     *
     * @param what what is waited for, for the message
     * @param condition whether it is so
     * @param patience how long to wait at most
     * @throws AssertionError if it is not so in time
     */
    public static void until(String what, BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("in vain waited " + patience.toSeconds() + " s for: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
