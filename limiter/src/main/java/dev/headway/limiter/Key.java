package dev.headway.limiter;

/**
 * Whose permits are asked for: a text, or a number of 128 bits such as an address. Immutable; a text and a number never name the same
 * key.
 *
 * <p>The operations that must be fast take a text or two longs as they are; the others take a key.
 */
public sealed interface Key {
    /** Returns the key of a text. */
    static Key of(String text) {
        return new Text(text);
    }

    /** Returns the key of 128 bits, the high 64 first. */
    static Key of(long high, long low) {
        return new Bits(high, low);
    }

    /**
     * A text of any length.
     *
     * @param text compared unit by unit; case and normal forms matter
     */
    record Text(String text) implements Key {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A number of 128 bits.
     *
     * @param high its high 64 bits
     * @param low its low 64 bits
     */
    record Bits(long high, long low) implements Key {
        /** Returns 32 hexadecimal digits. */
        @Override
        public String toString() {
            return "%016x%016x".formatted(high, low);
        }
    }
}
