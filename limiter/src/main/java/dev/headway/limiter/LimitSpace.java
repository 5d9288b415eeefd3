package dev.headway.limiter;

/**
 * The keys of one limiter in one store. Implementations are shared by many threads.
 *
 * <p>A key is a text, or a number of 128 bits such as an address; a text and a number do not name the same key. The number of
 * permits is at least 1: the limiter has checked it.
 */
public interface LimitSpace {
    /** Takes the permits of the key if every limit has room for all of them, else takes none. */
    Decision tryAcquire(String key, int permits);

    /** Takes the permits of the key if every limit has room for all of them, else takes none. */
    Decision tryAcquire(long keyHigh, long keyLow, int permits);

    /** Answers as {@link #tryAcquire(String, int)} would, and takes nothing; throws {@link UnsupportedOperationException} if the store cannot. */
    default Decision peek(String key, int permits) {
        throw cannot("peek");
    }

    /** Answers as {@link #tryAcquire(long, long, int)} would, and takes nothing; throws {@link UnsupportedOperationException} if the store cannot. */
    default Decision peek(long keyHigh, long keyLow, int permits) {
        throw cannot("peek");
    }

    /** Forgets the key; throws {@link UnsupportedOperationException} if the store cannot. */
    default void reset(String key) {
        throw cannot("reset");
    }

    /** Forgets the key; throws {@link UnsupportedOperationException} if the store cannot. */
    default void reset(long keyHigh, long keyLow) {
        throw cannot("reset");
    }

    private static UnsupportedOperationException cannot(String operation) {
        return new UnsupportedOperationException("this store cannot " + operation);
    }
}
