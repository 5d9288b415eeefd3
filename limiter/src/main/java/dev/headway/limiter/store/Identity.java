package dev.headway.limiter.store;

/**
 * What a store knows a key by: 128 bits that nobody outside can foresee. Immutable.
 *
 * @param high the high 64 bits
 * @param low the low 64 bits, of which the lower half also is the key's place in the table
 */
record Identity(long high, long low) {
    /** Returns where in a table the key is, as 32 bits of which the first lead. */
    int place() {
        return place(low);
    }

    /** Returns where in a table the key with these low bits is. */
    static int place(long low) {
        return (int) low;
    }
}
