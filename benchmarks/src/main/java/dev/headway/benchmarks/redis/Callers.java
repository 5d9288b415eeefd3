package dev.headway.benchmarks.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sixteen callers that ask one limiter, each again as soon as it has its answer. Used once; the thread that makes it measures.
 *
 * <p>Each goes through the keys from a place of its own, so that all keys are asked for equally often.
 */
final class Callers {

    static final int COUNT = 16;

    private static final int LONGEST_END_SECONDS = 30;

    private final Asker asker;
    private final int keys;
    private final LongAdder admitted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final CountDownLatch ended = new CountDownLatch(COUNT);
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private volatile boolean stopped;

    private Callers(Asker asker, int keys) {
        this.asker = asker;
        this.keys = keys;
    }

    /** Lets callers ask for a while, and counts in the time after; throws {@link IllegalStateException} if one got no answer. */
    static Rate measure(Asker asker, int keys, Form form, Duration warmUp, Duration duration) {
        Callers callers = new Callers(asker, keys);
        callers.start(form);
        callers.waitFor(warmUp);
        Counts before = callers.counts();
        callers.waitFor(duration);
        Counts after = callers.counts();
        callers.stop();
        return after.since(before);
    }

    private void start(Form form) {
        for (int number = 0; number < COUNT; number++) {
            Caller caller = new Caller(number * (keys / COUNT));
            Thread thread =
                    new Thread(form == Form.THREADS ? caller::askAndWait : caller::askOnwards, "caller " + number);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void waitFor(Duration duration) {
        long start = System.nanoTime();
        long left = duration.toNanos();
        while (left > 0 && fault.get() == null) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
            left = duration.toNanos() - (System.nanoTime() - start);
        }
    }

    private Counts counts() {
        return new Counts(admitted.sum(), refused.sum(), System.nanoTime());
    }

    private void stop() {
        stopped = true;
        try {
            if (!ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a caller has had no answer for " + LONGEST_END_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while callers ended", e);
        }
        Throwable first = fault.get();
        if (first != null) {
            throw new IllegalStateException("a caller got no answer: " + first.getMessage(), first);
        }
    }

    private void count(boolean allowed) {
        (allowed ? admitted : refused).increment();
    }

    private void fail(Throwable failure) {
        fault.compareAndSet(null, failure);
        stopped = true;
    }

    private record Counts(long admitted, long refused, long nanos) {
        Rate since(Counts before) {
            double seconds = (nanos - before.nanos) / 1e9;
            long given = admitted - before.admitted;
            long all = given + refused - before.refused;
            return new Rate(all / seconds, all == 0 ? 0 : (double) given / all);
        }
    }

    /** One caller, at its place among the keys. One thread at a time uses it. */
    private final class Caller {

        private int key;

        Caller(int firstKey) {
            this.key = firstKey;
        }

        void askAndWait() {
            try {
                while (!stopped) {
                    count(asker.tryAcquire(nextKey()));
                }
            } catch (RuntimeException e) {
                fail(e);
            } finally {
                ended.countDown();
            }
        }

        /** Asks until an answer is not there at once, and goes on where that arrives. */
        void askOnwards() {
            while (!stopped) {
                CompletableFuture<Boolean> answer =
                        asker.tryAcquireAsync(nextKey()).toCompletableFuture();
                if (!answer.isDone()) {
                    CompletableFuture<?> unused = answer.whenComplete((allowed, failure) -> {
                        take(answer);
                        askOnwards();
                    });
                    return;
                }
                take(answer);
            }
            ended.countDown();
        }

        private void take(CompletableFuture<Boolean> answer) {
            try {
                count(answer.join());
            } catch (CompletionException e) {
                fail(e.getCause() == null ? e : e.getCause());
            }
        }

        private int nextKey() {
            key = key + 1 == keys ? 0 : key + 1;
            return key;
        }
    }
}
