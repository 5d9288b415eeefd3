package dev.headway.limiter.store;

import java.security.SecureRandom;

/**
 * What a store knows keys by: 128 bits each, and a place in its tables. Immutable.
 *
 * <p>A number is its own 128 bits, so two numbers are never mistaken for each other. A text becomes 128 bits by a hash whose key is
 * drawn when the store is made; nobody outside can find a text that meets a given number or text.
 */
final class KeyHash {
    private final SipHash identity;
    private final SipHash places;

    KeyHash(SipHash identity, SipHash places) {
        this.identity = identity;
        this.places = places;
    }

    static KeyHash random() {
        SecureRandom random = new SecureRandom();
        return new KeyHash(
                new SipHash(random.nextLong(), random.nextLong()), new SipHash(random.nextLong(), random.nextLong()));
    }

    /** Returns 128 bits that nobody outside can name. */
    SipHash.Wide secret() {
        return new SipHash.Wide(places.hash(0, 1), places.hash(2, 3));
    }

    SipHash.Wide identity(String key) {
        return identity.hash(key);
    }

    int place(long keyHigh, long keyLow) {
        return (int) places.hash(keyHigh, keyLow);
    }
}
