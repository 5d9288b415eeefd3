package dev.headway.limiter.store;

/**
 * SipHash, the keyed hash of Aumasson and Bernstein (2012): whoever does not know its key cannot aim at collisions. Immutable.
 *
 * <p>Two members of the family are used. SipHash-2-4 with an answer of 128 bits tells texts apart: that any two of two million texts
 * meet has a chance of about 2⁻⁸⁷. SipHash-1-3 with an answer of 64 bits chooses places in tables, as it does in the hash tables of
 * Rust and Python. A text counts as its UTF-16 code units, two bytes each, the low byte first.
 */
final class SipHash {
    private final long key0;
    private final long key1;

    SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** An answer of 128 bits. Immutable. */
    record Wide(long high, long low) {}

    /** Returns SipHash-1-3 of the sixteen bytes of two words. */
    long hash(long first, long second) {
        State state = new State(key0, key1);
        state.absorb(first, 1);
        state.absorb(second, 1);
        state.absorb(16L << 56, 1);
        state.v2 ^= 0xff;
        return state.answer(3);
    }

    /** Returns SipHash-2-4-128 of a text. */
    Wide hash(String text) {
        State state = new State(key0, key1);
        state.v1 ^= 0xee;
        int words = text.length() / 4;
        for (int i = 0; i < words; i++) {
            state.absorb(chars(text, 4 * i, 4), 2);
        }
        long lengthInBytes = 2L * text.length();
        state.absorb(chars(text, 4 * words, text.length() % 4) | (lengthInBytes << 56), 2);
        state.v2 ^= 0xee;
        long low = state.answer(4);
        state.v1 ^= 0xdd;
        return new Wide(state.answer(4), low);
    }

    private static long chars(String text, int from, int count) {
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
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void absorb(long word, int rounds) {
            v3 ^= word;
            mix(rounds);
            v0 ^= word;
        }

        long answer(int rounds) {
            mix(rounds);
            return v0 ^ v1 ^ v2 ^ v3;
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
