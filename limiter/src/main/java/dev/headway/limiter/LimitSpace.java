package dev.headway.limiter;

import java.util.List;

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

    /** Answers as to a request for the permits, and takes nothing; the usages are those before. */
    default Decision peek(Key key, int permits) {
        throw cannot("peek");
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
        throw cannot("reserve");
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
