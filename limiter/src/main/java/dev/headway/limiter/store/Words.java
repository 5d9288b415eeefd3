package dev.headway.limiter.store;

/** Two neighbouring ints of an array read and written as one long. Stateless. */
final class Words {
    private Words() {}

    static long getLong(int[] words, int at) {
        return ((long) words[at] << 32) | (words[at + 1] & 0xFFFF_FFFFL);
    }

    static void putLong(int[] words, int at, long value) {
        words[at] = (int) (value >>> 32);
        words[at + 1] = (int) value;
    }
}
