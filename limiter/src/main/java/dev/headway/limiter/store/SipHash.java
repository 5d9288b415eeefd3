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

    /** Returns the hash of the sixteen bytes of two words, each with its low byte first. */
    Identity hash(long first, long second) {
        State state = new State(key0, key1);
        state.absorb(first, roundsPerWord);
        state.absorb(second, roundsPerWord);
        state.absorb((2L * BYTES) << 56, roundsPerWord);
        return state.answer(roundsAtEnd);
    }

    /** Returns the hash of a text whose characters are bytes: none is above 255. */
    Identity hashBytes(String text) {
        State state = new State(key0, key1);
        int length = text.length();
        int at = 0;
        for (; at + BYTES <= length; at += BYTES) {
            state.absorb(bytes(text, at, BYTES), roundsPerWord);
        }
        state.absorb(bytes(text, at, length - at) | ((long) length << 56), roundsPerWord);
        return state.answer(roundsAtEnd);
    }

    /** Returns the hash of a text as its UTF-16 code units, the low byte of each first. */
    Identity hashUnits(String text) {
        State state = new State(key0, key1);
        int length = text.length();
        int at = 0;
        for (; at + BYTES / 2 <= length; at += BYTES / 2) {
            state.absorb(units(text, at, BYTES / 2), roundsPerWord);
        }
        state.absorb(units(text, at, length - at) | ((2L * length) << 56), roundsPerWord);
        return state.answer(roundsAtEnd);
    }

    private static long bytes(String text, int from, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (long) text.charAt(from + i) << (8 * i);
        }
        return word;
    }

    private static long units(String text, int from, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (long) text.charAt(from + i) << (16 * i);
        }
        return word;
    }

    /** The four words that everything is mixed into. For one thread and one hash. */
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

        void absorb(long word, int rounds) {
            v3 ^= word;
            mix(rounds);
            v0 ^= word;
        }

        Identity answer(int rounds) {
            v2 ^= 0xee;
            mix(rounds);
            long low = v0 ^ v1 ^ v2 ^ v3;
            v1 ^= 0xdd;
            mix(rounds);
            return new Identity(v0 ^ v1 ^ v2 ^ v3, low);
        }

        private void mix(int rounds) {
            for (int i = 0; i < rounds; i++) {
                round();
            }
        }

        private void round() {
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
