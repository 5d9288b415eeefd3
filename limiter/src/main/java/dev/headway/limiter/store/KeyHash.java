package dev.headway.limiter.store;

import dev.headway.limiter.Key;
import java.security.SecureRandom;

/**
 * How keys become identities: by hashes whose keys are drawn when the store is made. Immutable.
 *
 * <p>Three hashes keep apart what looks alike byte by byte: numbers, texts whose characters are bytes, and other texts.
 */
final class KeyHash {
    private static final int LARGEST_BYTE = 0xff;

    private final SipHash numbers;
    private final SipHash bytes;
    private final SipHash units;

    KeyHash(SipHash numbers, SipHash bytes, SipHash units) {
        this.numbers = numbers;
        this.bytes = bytes;
        this.units = units;
    }

    static KeyHash random() {
        SecureRandom random = new SecureRandom();
        return new KeyHash(random(random), random(random), random(random));
    }

    /** Returns an identity that no key has but by chance. */
    Identity secret() {
        Identity.Keeper keeper = new Identity.Keeper();
        bytes.hash(0, 0, 0, keeper);
        return keeper.identity();
    }

    Identity of(Key key) {
        Identity.Keeper keeper = new Identity.Keeper();
        if (key instanceof Key.Bits bits) {
            handOn(bits.high(), bits.low(), 0, keeper);
        } else {
            handOn(((Key.Text) key).text(), 0, keeper);
        }
        return keeper.identity();
    }

    /** Lets the identity of a number be used; returns what that comes to. */
    long handOn(long high, long low, int permits, Identity.Use use) {
        return numbers.hash(high, low, permits, use);
    }

    /** Lets the identity of a text be used; returns what that comes to. */
    long handOn(String text, int permits, Identity.Use use) {
        return isBytes(text) ? bytes.hashBytes(text, permits, use) : units.hashUnits(text, permits, use);
    }

    private static boolean isBytes(String text) {
        int all = 0;
        for (int i = 0; i < text.length(); i++) {
            all |= text.charAt(i);
        }
        return all <= LARGEST_BYTE;
    }

    private static SipHash random(SecureRandom random) {
        return new SipHash(random.nextLong(), random.nextLong());
    }
}
