package dev.headway.limiter.store;

/**
 * SipHash with an answer of 128 bits, the keyed hash of Aumasson and Bernstein (2012): whoever does not know its key can neither aim
 * at a place in a table nor make two keys one. Immutable.
 *
 * <p>Tables take one round per word and three at the end, which is what Rust's compiler names things by; the authors' cautious choice
 * is two and four, for which they publish the vectors that this code is tested by. That any two of two million keys meet has a chance
 * of about 2⁻⁸⁷.
 */
final class SipHash {
    private static final int ROUNDS_PER_WORD = 1;
    private static final int ROUNDS_AT_END = 3;
    private static final int BYTES = 8;

    private final long key0;
    private final long key1;
    private final int roundsPerWord;
    private final int roundsAtEnd;

    SipHash(long key0, long key1) {
        this(key0, key1, ROUNDS_PER_WORD, ROUNDS_AT_END);
    }

    SipHash(long key0, long key1, int roundsPerWord, int roundsAtEnd) {
        this.key0 = key0;
        this.key1 = key1;
        this.roundsPerWord = roundsPerWord;
        this.roundsAtEnd = roundsAtEnd;
    }

    /** Hands on the hash of the sixteen bytes of two words, each with its low byte first. */
    long hash(long first, long second, int permits, Identity.Use use) {
        State state = new State(key0, key1);
        state.mix(first, roundsPerWord);
        state.mix(second, roundsPerWord);
        state.mix((2L * BYTES) << 56, roundsPerWord);
        return handOn(state, permits, use);
    }

    /** Hands on the hash of a text whose characters are bytes: none is above 255. */
    long hashBytes(String text, int permits, Identity.Use use) {
        return hashText(text, 1, permits, use);
    }

    /** Hands on the hash of a text as its UTF-16 code units, the low byte of each first. */
    long hashUnits(String text, int permits, Identity.Use use) {
        return hashText(text, 2, permits, use);
    }

    private long hashText(String text, int unitBytes, int permits, Identity.Use use) {
        State state = new State(key0, key1);
        int unitsPerWord = BYTES / unitBytes;
        int at = 0;
        for (; at + unitsPerWord <= text.length(); at += unitsPerWord) {
            state.mix(word(text, at, at + unitsPerWord, unitBytes), roundsPerWord);
        }
        long length = ((long) unitBytes * text.length()) << 56;
        state.mix(length | word(text, at, text.length(), unitBytes), roundsPerWord);
        return handOn(state, permits, use);
    }

    private static long word(String text, int from, int to, int unitBytes) {
        long word = 0;
        for (int i = from; i < to; i++) {
            word |= (long) text.charAt(i) << (BYTES * unitBytes * (i - from));
        }
        return word;
    }

    private long handOn(State state, int permits, Identity.Use use) {
        long low = state.finish(0xee, 0, roundsAtEnd);
        long high = state.finish(0, 0xdd, roundsAtEnd);
        return use.with(high, low, permits);
    }

    /**
     * Four words that are mixed. It never leaves the methods above, so that the machine keeps it in registers and makes no object of it. For
     * one thread.
     */
    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void mix(long word, int rounds) {
            v3 ^= word;
            rounds(rounds);
            v0 ^= word;
        }

        /** Sets one of the halves of the answer apart from the other; returns it. */
        long finish(long mark2, long mark1, int rounds) {
            v2 ^= mark2;
            v1 ^= mark1;
            rounds(rounds);
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void rounds(int count) {
            for (int i = 0; i < count; i++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32) + v3;
                v2 += v1;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
        }
    }
}
