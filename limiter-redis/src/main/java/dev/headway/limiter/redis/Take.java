package dev.headway.limiter.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A request for permits of one key by {@code take.lua}, and the future of its answer. Threads share it.
 *
 * <p>It is sent, or given up before that, but never both: so what is said of it when its time is over is true.
 */
final class Take extends CompletableFuture<Answer> {
    private final byte[] key;
    private final int permits;
    private final long endNanos;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

    private enum Stage {
        WAITING,
        SENT,
        GIVEN_UP
    }

    /** Makes a request whose time is over at a time of the system's ticker. */
    Take(byte[] key, int permits, long endNanos) {
        this.key = key;
        this.permits = permits;
        this.endNanos = endNanos;
    }

    byte[] key() {
        return key;
    }

    int permits() {
        return permits;
    }

    /** Returns the nanoseconds until its time is over; none or less when it is. */
    long leftNanos(long nowNanos) {
        return endNanos - nowNanos;
    }

    /** Returns whether it may be sent, which it must be then. */
    boolean trySend() {
        return stage.compareAndSet(Stage.WAITING, Stage.SENT);
    }

    /** Ends it without an answer, if it has none, when its time is over; returns whether that is so. */
    boolean giveUpIfLate(long nowNanos, Supplier<StoreUnavailable> notSent, Supplier<StoreUnavailable> noReply) {
        if (leftNanos(nowNanos) > 0) {
            return false;
        }
        if (!isDone()) {
            boolean isUnsent = stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
            completeExceptionally((isUnsent ? notSent : noReply).get());
        }
        return true;
    }
}
