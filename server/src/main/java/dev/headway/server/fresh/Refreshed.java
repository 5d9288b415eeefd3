package dev.headway.server.fresh;

import dev.headway.limiter.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that costs something to find out, found out once in a while however many ask; any number of threads may share it.
 *
 * <p>Whoever asks while the value is fresh gets it at once. The first to ask after that has it found out anew, on another
 * thread, and all who ask meanwhile wait for the same result. So a flood of questions costs one answer per age, nobody is
 * told anything older than that, and nobody's thread blocks.
 */
public final class Refreshed<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Refreshed.class);

    private final Supplier<T> source;
    private final long maxAgeNanos;
    private final Ticker ticker;
    private final Executor executor;

    private CompletableFuture<T> current;
    private long foundAtNanos;
    private T last;

    /**
     * Starts with a value that counts as too old from the beginning.
     *
     * @param source finds the value out; may block
     * @param initial what is known before that
     * @param maxAge how long a value is fresh
     * @param ticker tells the age
     * @param executor runs the source
     */
    public Refreshed(Supplier<T> source, T initial, Duration maxAge, Ticker ticker, Executor executor) {
        this.source = source;
        this.maxAgeNanos = maxAge.toNanos();
        this.ticker = ticker;
        this.executor = executor;
        this.last = initial;
        this.current = CompletableFuture.completedFuture(initial);
        this.foundAtNanos = ticker.nanos() - maxAgeNanos;
    }

    /** Returns the fresh value, now or when it has been found out; the last one if that fails. */
    public synchronized CompletableFuture<T> get() {
        boolean fresh = ticker.nanos() - foundAtNanos < maxAgeNanos;
        if (current.isDone() && !fresh) {
            refresh();
        }
        return current;
    }

    /** Returns what was found out last, and has it found out anew if that is long ago. */
    public synchronized T last() {
        var unused = get();
        return last;
    }

    private void refresh() {
        CompletableFuture<T> next = new CompletableFuture<>();
        current = next;
        try {
            executor.execute(() -> find(next));
        } catch (RejectedExecutionException closed) {
            next.complete(last);
        }
    }

    /** What fails leaves the last value as it was, to be tried again when that is too old once more. */
    private void find(CompletableFuture<T> next) {
        try {
            remember(source.get());
        } catch (RuntimeException failed) {
            LOG.warn("a value that is shown cannot be found out; the last one is kept", failed);
        } finally {
            next.complete(settle());
        }
    }

    private synchronized void remember(T found) {
        last = found;
    }

    private synchronized T settle() {
        foundAtNanos = ticker.nanos();
        return last;
    }
}
