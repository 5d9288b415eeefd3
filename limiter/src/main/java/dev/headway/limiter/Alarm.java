package dev.headway.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs something once, after a time. Implementations are shared by many threads, and have no thread of ours. */
@FunctionalInterface
interface Alarm {
    /** Sets the alarm; returns what calls it off. */
    Runnable set(Runnable ring, long nanos);

    /** Returns the alarm of the JDK's own timer, which rings in the default executor of futures. */
    static Alarm ofJdk() {
        return (ring, nanos) -> {
            CompletableFuture<Boolean> due = new CompletableFuture<>();
            CompletionStage<Boolean> timed = due.completeOnTimeout(true, nanos, TimeUnit.NANOSECONDS);
            timed.thenAcceptAsync(isDue -> {
                if (isDue) {
                    ring.run();
                }
            });
            return () -> due.complete(false); // not cancel: up to JDK 20 the timer would keep what was cancelled
        };
    }

    /** Returns the alarm that rings in the scheduler's threads. */
    static Alarm of(ScheduledExecutorService scheduler) {
        return (ring, nanos) -> {
            ScheduledFuture<?> due = scheduler.schedule(ring, nanos, TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        };
    }
}
