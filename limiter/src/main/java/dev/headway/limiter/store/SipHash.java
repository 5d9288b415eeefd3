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
        return handOn("", 0, first, second, 3, permits, use);
    }

    /** Hands on the hash of a text whose characters are bytes: none is above 255. */
    long hashBytes(String text, int permits, Identity.Use use) {
        return handOn(text, 1, 0, 0, text.length() / BYTES + 1, permits, use);
    }

    /** Hands on the hash of a text as its UTF-16 code units, the low byte of each first. */
    long hashUnits(String text, int permits, Identity.Use use) {
        return handOn(text, 2, 0, 0, 2 * text.length() / BYTES + 1, permits, use);
    }

    /**
     * Mixes the words of a message in, and then twice nothing, for the two halves of the answer. The state lives in variables and the
     * round is written out here, for the sake of a machine that else would make an object of them at every request.
     */
    private long handOn(String text, int unitBytes, long first, long second, int words, int permits, Identity.Use use) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        long low = 0;
        for (int i = 0; i < words + 2; i++) {
            long word = i < words ? word(text, unitBytes, first, second, i) : 0;
            if (i == words) {
                v2 ^= 0xee;
            } else if (i > words) {
                low = v0 ^ v1 ^ v2 ^ v3;
                v1 ^= 0xdd;
            }
            v3 ^= word;
            for (int rounds = i < words ? roundsPerWord : roundsAtEnd; rounds > 0; rounds--) {
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
            v0 ^= word;
        }
        return use.with(v0 ^ v1 ^ v2 ^ v3, low, permits);
    }

    /** Returns a word of the message: of two words that are given, or of a text with so many bytes per character. The last one tells the length. */
    private static long word(String text, int unitBytes, long first, long second, int index) {
        if (unitBytes == 0) {
            return index == 0 ? first : index == 1 ? second : (2L * BYTES) << 56;
        }
        int units = BYTES / unitBytes;
        int from = index * units;
        int count = Math.min(units, text.length() - from);
        long word = count < units ? ((long) unitBytes * text.length()) << 56 : 0;
        for (int i = 0; i < count; i++) {
            word |= (long) text.charAt(from + i) << (BYTES * unitBytes * i);
        }
        return word;
    }
}
