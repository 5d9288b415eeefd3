package dev.headway.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that looks after what changes while the server runs; safe to share between threads. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final ScheduledExecutorService thread;

    /** Starts a thread of this name. */
    Housekeeping(String name) {
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** Has a task run again and again, so long after its last end; what it throws is logged. */
    void every(Duration pause, Runnable task) {
        // Nothing comes of it: the task catches whatever it throws.
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> runSafely(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    // A scheduler silently drops a task that has thrown once, be it an error.
    @SuppressWarnings("CatchingThrowable")
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable fault) {
            LOG.error("housekeeping failed", fault);
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
