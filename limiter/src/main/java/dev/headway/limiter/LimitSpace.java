package dev.headway.limiter;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The keys of one limiter in one store. Implementations are shared by many threads.
 *
 * <p>The number of permits is at least 1: the limiter has checked it. What a store cannot do throws {@link
 * UnsupportedOperationException}.
 */
public interface LimitSpace {
    /** The primitive answer to a request that is larger than a limit. */
    long NEVER = Long.MAX_VALUE;

    /**
     * The primitive answer to a request that is refused because the store gave no decision: a second, as good a time to ask again as
     * any.
     */
    long UNKNOWN = 1_000_000_000;

    /** Returns the limits that hold, which may change. */
    List<Limit> limits();

    /** Takes the permits of the key if every limit has room for all of them, else takes none. */
    Decision tryAcquire(String key, int permits);

    /** Takes the permits of the key if every limit has room for all of them, else takes none. */
    Decision tryAcquire(long keyHigh, long keyLow, int permits);

    /** Decides as {@link #tryAcquire(String, int)}; returns 0 if the permits were taken, else the nanoseconds until they fit, or {@link #NEVER}. */
    default long tryAcquireNanos(String key, int permits) {
        return nanos(tryAcquire(key, permits));
    }

    /** Decides as {@link #tryAcquire(long, long, int)}; returns 0 if the permits were taken, else the nanoseconds until they fit, or {@link #NEVER}. */
    default long tryAcquireNanos(long keyHigh, long keyLow, int permits) {
        return nanos(tryAcquire(keyHigh, keyLow, permits));
    }

    /** Returns what decides about one key that is asked for again and again. */
    default OneKey forKey(Key key) {
        return new OneKey() {
            @Override
            public Decision tryAcquire(int permits) {
                return Attempt.take(key, permits).of(LimitSpace.this);
            }

            @Override
            public long tryAcquireNanos(int permits) {
                return nanos(tryAcquire(permits));
            }
        };
    }

    /** One key of a space. Implementations are shared by many threads; the number of permits is at least 1. */
    interface OneKey {
        /** Takes the permits of the key if every limit has room for all of them, else takes none. */
        Decision tryAcquire(int permits);

        /** Decides as {@link #tryAcquire}; returns 0 if the permits were taken, else the nanoseconds until they fit, or {@link #NEVER}. */
        long tryAcquireNanos(int permits);
    }

    /** Answers as to a request for the permits, and takes nothing; the usages are those before. */
    default Decision peek(Key key, int permits) {
        throw cannot("peek");
    }

    /**
     * Decides as {@link #tryAcquire(String, int)} without waiting: the stage ends when the store has answered, here at once, and fails with
     * {@link StoreUnavailableException} if it gives no decision. What is chained to it may run on a thread of the store's, and must not
     * block.
     */
    default CompletionStage<Decision> tryAcquireAsync(Key key, int permits) {
        return Attempt.take(key, permits).answered(this);
    }

    /** Answers as {@link #peek} without waiting, in the way of {@link #tryAcquireAsync}. */
    default CompletionStage<Decision> peekAsync(Key key, int permits) {
        return Attempt.peek(key, permits).answered(this);
    }

    /** Forgets the key without waiting, in the way of {@link #tryAcquireAsync}. */
    default CompletionStage<?> resetAsync(Key key) {
        try {
            reset(key);
            return CompletableFuture.completedFuture(key);
        } catch (StoreUnavailableException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Returns what is known of the key. */
    default Snapshot snapshot(Key key) {
        throw cannot("take snapshots");
    }

    /** Forgets the key. */
    default void reset(Key key) {
        throw cannot("reset");
    }

    /**
     * Takes the permits at the first time at which they fit, now or later, behind all who reserved before; takes none if that is more than
     * so many nanoseconds away. {@link Decision.Allowed#waitNanos} tells the time; a refund gives the place back.
     */
    default Decision reserve(Key key, int permits, long maxWaitNanos) {
        return reserve(key, permits, 0, maxWaitNanos);
    }

    /** Does as {@link #reserve(Key, int, long)}, but takes the permits no sooner than after so many nanoseconds. */
    default Decision reserve(Key key, int permits, long minWaitNanos, long maxWaitNanos) {
        throw cannot("reserve");
    }

    /** Returns the space of the store itself that decides about the key, under whatever is laid around it. */
    default LimitSpace decidingFor(Key key) {
        return this;
    }

    /**
     * Takes the permits of all claims, of which this space is asked on behalf of its store, or of none, so that nobody sees a part; returns
     * what became of each. Claims that are advisory are left out if they do not fit. Throws {@link IllegalArgumentException} if a claim is
     * for a space of another store, or two are for one key.
     */
    default List<Decision> tryAcquireAll(List<SpaceClaim> claims) {
        throw cannot("take permits of several keys at once");
    }

    /** Returns a view of the same keys under other limits: what is taken by one view is taken for all. */
    default LimitSpace withLimits(List<Limit> limits) {
        throw cannot("keep one key under different limits");
    }

    /** Puts other limits in the place of these; what is taken stays taken. */
    default void changeLimits(List<Limit> limits) {
        throw cannot("change limits");
    }

    private static UnsupportedOperationException cannot(String operation) {
        return new UnsupportedOperationException("this store cannot " + operation);
    }

    /** Returns the primitive form of an answer: 0 if allowed, else the nanoseconds to wait, or {@link #NEVER}, or {@link #UNKNOWN}. */
    static long nanos(Decision decision) {
        if (decision.allowed()) {
            return 0;
        }
        if (decision instanceof Decision.Refused refused) {
            return refused.retryAfterNanos();
        }
        return decision instanceof Decision.StoreUnknown ? UNKNOWN : NEVER;
    }
}
