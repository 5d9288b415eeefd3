package dev.headway.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps the jobs moving: a step, a rest, a step. For any number of threads.
 *
 * <p>The rest is cut short by {@link #wake}, and is short anyway while an attempt is about to begin or to end. A step that
 * fails, because the disk is full perhaps, is logged and taken again after the rest.
 */
final class EngineThread {
    private static final Logger LOG = LoggerFactory.getLogger(EngineThread.class);
    private static final Duration SHORT_REST = Duration.ofMillis(25);

    private final Conductor conductor;
    private final Duration rest;
    private final Semaphore calls = new Semaphore(0);
    private volatile boolean started;
    private volatile boolean stopped;
    private String lastFailure = "";
    private @Nullable Thread thread;

    EngineThread(Conductor conductor, Duration rest) {
        this.conductor = conductor;
        this.rest = rest;
    }

    synchronized void start() {
        if (thread != null || stopped) {
            return;
        }
        thread = new Thread(this::run, "headway-jobs");
        thread.start();
        started = true;
    }

    void wake() {
        calls.release();
    }

    /** Returns when the step that may be going on has ended. */
    synchronized void stop() {
        stopped = true;
        wake();
        if (thread != null && thread != Thread.currentThread()) {
            joinUninterruptibly(thread);
        }
    }

    /** {@return whether the thread runs}; without the lock, as the thread itself may ask while it is being stopped. */
    boolean isRunning() {
        return started && !stopped;
    }

    private void run() {
        while (!stopped) {
            rest(step() && SHORT_REST.compareTo(rest) < 0 ? SHORT_REST : rest);
        }
    }

    private boolean step() {
        try {
            boolean soon = conductor.step();
            lastFailure = "";
            return soon;
        } catch (RuntimeException e) {
            logOnce(e);
            return false;
        }
    }

    /** A full disk fails every step; one line about it must do. */
    private void logOnce(RuntimeException failure) {
        if (!lastFailure.equals(failure.toString())) {
            LOG.error("step failed and is tried again reason={}", failure.toString(), failure);
        }
        lastFailure = failure.toString();
    }

    private void rest(Duration duration) {
        try {
            if (calls.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                calls.drainPermits();
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
