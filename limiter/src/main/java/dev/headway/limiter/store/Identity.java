package dev.headway.limiter.store;

/**
 * What a store knows a key by: 128 bits that nobody outside can foresee. Immutable.
 *
 * @param high the high 64 bits
 * @param low the low 64 bits, of which the lower half also is the key's place in the table
 */
record Identity(long high, long low) {
    /**
     * What is done with an identity, whose halves are handed on as they are: a method can return but one value, and an object per request
     * would have to be collected again. Implementations are shared by many threads.
     */
    @FunctionalInterface
    interface Use {
        long with(long high, long low, int permits);
    }

    /** Returns where in a table the key is, as 32 bits of which the first lead. */
    int place() {
        return place(low);
    }

    /** Returns where in a table the key with these low bits is. */
    static int place(long low) {
        return (int) low;
    }

    /** Keeps an identity that is handed on. For one thread. */
    static final class Keeper implements Use {
        private long keptHigh;
        private long keptLow;

        @Override
        public long with(long high, long low, int permits) {
            keptHigh = high;
            keptLow = low;
            return 0;
        }

        Identity identity() {
            return new Identity(keptHigh, keptLow);
        }
    }
}
