package dev.headway.limiter.testing;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler without threads: what is due runs in the thread that moves its ticker on. Not for sharing between threads. */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final ManualTicker ticker;
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private long order;
    private boolean shutDown;

    /** Makes a scheduler that runs by the ticker. */
    public ManualScheduler(ManualTicker ticker) {
        this.ticker = ticker;
    }

    /** Moves the ticker on, and runs on the way what becomes due, each at its time. */
    public void advance(Duration duration) {
        long end = ticker.nanos() + duration.toNanos();
        for (Task<?> task = tasks.peek(); task != null && task.due <= end; task = tasks.peek()) {
            tasks.remove(task);
            ticker.set(Math.max(ticker.nanos(), task.due));
            task.run();
        }
        ticker.set(end);
    }

    /** Returns how many tasks wait that nobody has cancelled. */
    public long waiting() {
        return tasks.stream().filter(task -> !task.isCancelled()).count();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        if (shutDown) {
            throw new RejectedExecutionException("shut down");
        }
        Task<V> task = new Task<>(callable, ticker.nanos() + unit.toNanos(delay), order++);
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("runs everything once");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("runs everything once");
    }

    @Override
    public void execute(Runnable command) {
        command.run();
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        return List.copyOf(tasks);
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutDown;
    }

    /** Something to run at a time; of those at one time, the one that was asked for first. */
    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long due;
        private final long place;

        Task(Callable<V> callable, long due, long place) {
            super(callable);
            this.due = due;
            this.place = place;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - ticker.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> task = (Task<?>) other;
            return due == task.due ? Long.compare(place, task.place) : Long.compare(due, task.due);
        }
    }
}
