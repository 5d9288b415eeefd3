package dev.headway.server.throttle.answer;

import java.util.concurrent.TimeUnit;

/** Rounds times for the wire; stateless. */
final class Seconds {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private Seconds() {}

    /** Returns so many nanoseconds as whole seconds, never too few. */
    static long roundedUp(long nanos) {
        return nanos / NANOS + (nanos % NANOS > 0 ? 1 : 0);
    }
}
