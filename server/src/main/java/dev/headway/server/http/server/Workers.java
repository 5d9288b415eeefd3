package dev.headway.server.http.server;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs handlers off the event loop, a bounded number at once; safe to share between threads.
 *
 * <p>On a JDK that has virtual threads every handler gets one; on others there is a pool. In both a bounded number runs or
 * waits, and one more is turned away at once: a queue without bound would only let clients wait for answers that nobody
 * reads any more.
 */
final class Workers implements AutoCloseable {
    private final ExecutorService executor;
    private final Semaphore room;

    private Workers(ExecutorService executor, int room) {
        this.executor = executor;
        this.room = new Semaphore(room);
    }

    /** Returns workers on virtual threads where the JDK has them, else on a pool. */
    static Workers open(HttpSettings.Work bounds) {
        return new Workers(virtualThreads().orElseGet(() -> pool(bounds)), bounds.workers() + bounds.queued());
    }

    /** Has an action run, or returns false when there is no room for it. */
    boolean tryRun(Runnable action) {
        if (!room.tryAcquire()) {
            return false;
        }
        try {
            executor.execute(() -> runAndMakeRoom(action));
            return true;
        } catch (RejectedExecutionException closing) {
            room.release();
            return false;
        }
    }

    /** Takes no more actions and waits for those that run. */
    boolean stop(Duration grace) throws InterruptedException {
        executor.shutdown();
        return executor.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void runAndMakeRoom(Runnable action) {
        try {
            action.run();
        } finally {
            room.release();
        }
    }

    private static ExecutorService pool(HttpSettings.Work bounds) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                bounds.workers(),
                bounds.workers(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(bounds.workers() + bounds.queued()),
                action -> {
                    Thread thread = new Thread(action, "headway-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Finds the executor that JDK 21 brought; by name, since we compile for 17. */
    private static Optional<ExecutorService> virtualThreads() {
        try {
            return Optional.of((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (NoSuchMethodException older) {
            return Optional.empty();
        } catch (IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException("virtual threads cannot be started", broken);
        }
    }
}
