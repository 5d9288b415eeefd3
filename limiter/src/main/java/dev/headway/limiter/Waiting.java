package dev.headway.limiter;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * How callers wait for permits that are reserved for them. Safe to share between threads.
 *
 * <p>Whoever asks learns at once when it is due, no sooner than those who asked before, and waits by itself: nobody has to be woken. Whoever leaves gives the place back;
 * those behind keep the times they were told.
 *
 * @param sleeper how threads wait
 * @param alarm how futures wait
 */
record Waiting(Sleeper sleeper, Alarm alarm) {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    /** Returns the nanoseconds of a timeout, the most that a long can tell for longer ones; throws {@link IllegalArgumentException} for less than none. */
    static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout of " + timeout + "; zero or more is accepted");
        }
        return timeout.compareTo(LONGEST) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
    }

    /** Returns the decision when the caller may go by it; throws {@link InterruptedException} after the place was given back. */
    Decision untilDue(Decision decision) throws InterruptedException {
        if (isDueLater(decision)) {
            sleepUntilDue((Decision.Allowed) decision);
        }
        return decision;
    }

    /** Returns the decision as a future that completes when the caller may go by it, and that gives the place back if it is completed before. */
    CompletableFuture<Decision> whenDue(Decision decision) {
        return isDueLater(decision)
                ? completeWhenDue((Decision.Allowed) decision)
                : CompletableFuture.completedFuture(decision);
    }

    private static boolean isDueLater(Decision decision) {
        return decision instanceof Decision.Allowed allowed && allowed.waitNanos() > 0;
    }

    private void sleepUntilDue(Decision.Allowed reserved) throws InterruptedException {
        boolean isDue = false;
        try {
            sleeper.sleep(reserved.waitNanos());
            isDue = true;
        } finally {
            if (!isDue) {
                reserved.refund();
            }
        }
    }

    private CompletableFuture<Decision> completeWhenDue(Decision.Allowed reserved) {
        CompletableFuture<Decision> due = new CompletableFuture<>();
        try {
            Runnable callOff = alarm.set(() -> due.complete(reserved), reserved.waitNanos());
            CompletionStage<Decision> end = due;
            end.whenComplete((decision, failure) -> leaveUnless(decision == reserved, callOff, reserved));
            return due;
        } catch (RejectedExecutionException noAlarm) {
            reserved.refund();
            return CompletableFuture.failedFuture(noAlarm);
        }
    }

    private static void leaveUnless(boolean isDue, Runnable callOff, Decision.Allowed reserved) {
        if (!isDue) {
            callOff.run();
            reserved.refund();
        }
    }
}
