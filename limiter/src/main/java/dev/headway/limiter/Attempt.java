package dev.headway.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One request of a limiter's space, which may be made of another space as well. Immutable.
 *
 * @param kind what is asked
 * @param key whose permits are asked for
 * @param permits how many
 * @param maxWaitNanos how many nanoseconds a reservation may lie ahead; of no meaning to other kinds
 */
record Attempt(Kind kind, Key key, int permits, long maxWaitNanos) {
    enum Kind {
        TAKE,
        PEEK,
        RESERVE
    }

    static Attempt take(Key key, int permits) {
        return new Attempt(Kind.TAKE, key, permits, 0);
    }

    static Attempt peek(Key key, int permits) {
        return new Attempt(Kind.PEEK, key, permits, 0);
    }

    static Attempt reserve(Key key, int permits, long maxWaitNanos) {
        return new Attempt(Kind.RESERVE, key, permits, maxWaitNanos);
    }

    /** Returns whether the request may change how the limits stand. */
    boolean takes() {
        return kind != Kind.PEEK;
    }

    Decision of(LimitSpace space) {
        return switch (kind) {
            case TAKE -> take(space);
            case PEEK -> space.peek(key, permits);
            case RESERVE -> space.reserve(key, permits, maxWaitNanos);
        };
    }

    /** Makes the attempt without waiting for the space; a reservation is made at once. */
    CompletionStage<Decision> ofAsync(LimitSpace space) {
        return switch (kind) {
            case TAKE -> space.tryAcquireAsync(key, permits);
            case PEEK -> space.peekAsync(key, permits);
            case RESERVE -> answered(space);
        };
    }

    /** Makes the attempt at once, and answers by a stage that has ended; it fails if the store gives no decision. */
    CompletionStage<Decision> answered(LimitSpace space) {
        try {
            return CompletableFuture.completedFuture(of(space));
        } catch (StoreUnavailableException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private Decision take(LimitSpace space) {
        if (key instanceof Key.Text text) {
            return space.tryAcquire(text.text(), permits);
        }
        Key.Bits bits = (Key.Bits) key;
        return space.tryAcquire(bits.high(), bits.low(), permits);
    }
}
