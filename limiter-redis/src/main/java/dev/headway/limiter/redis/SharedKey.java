package dev.headway.limiter.redis;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The names of a limiter's keys in Redis. Immutable; threads may share it.
 *
 * <p>A name is {@code hw1.2{subject}limiter} where a tick is 10<sup>2</sup> µs: the format and its version, the tick,
 * the subject, the limiter. A letter behind the tick tells the algorithm, if it is not the sliding window, since what is kept for one says
 * nothing to another. Neither the permits nor the window are in it, so a limit can change without forgetting what was taken.
 *
 * <p>The braces are Redis Cluster's hash tag: all limiters of one subject share a slot. A subject that is short and of
 * harmless characters stands there as it is; another one, such as a long one or one with braces that would move the
 * tag, is replaced by a digest of 128 bits. The three kinds of subject cannot be mistaken for each other, because only
 * digests begin with {@code *} and only numbers with {@code #}.
 */
final class SharedKey {

    private static final String FORMAT = "hw1";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.:_@/+=-]{1,64}");
    private static final int DIGEST_BYTES = 16;
    private static final int RADIX = 36;

    private final String head;
    private final String tail;

    SharedKey(String limiterName, Algorithm algorithm, Tick tick) {
        this.head = FORMAT + "." + tick.exponent() + letter(algorithm) + "{";
        this.tail = "}" + limiterName;
    }

    private static String letter(Algorithm algorithm) {
        return switch (algorithm) {
            case SLIDING_WINDOW -> "";
            case SLIDING_WINDOW_COUNTER -> "c";
            case FIXED_WINDOW -> "f";
            case TOKEN_BUCKET -> "t";
            case PACING -> "p";
        };
    }

    /** The name of a key. */
    byte[] of(Key key) {
        if (key instanceof Key.Text text) {
            return of(text.text());
        }
        Key.Bits bits = (Key.Bits) key;
        return of(bits.high(), bits.low());
    }

    /** The key of a subject that is a text, such as a user's name. */
    byte[] of(String subject) {
        return name(PLAIN.matcher(subject).matches() ? subject : "*" + digest(subject));
    }

    /** The key of a subject that is a number of 128 bits, such as an address. */
    byte[] of(long high, long low) {
        String upper = high == 0 ? "" : Long.toUnsignedString(high, RADIX);
        return name("#" + upper + "." + Long.toUnsignedString(low, RADIX));
    }

    private byte[] name(String subject) {
        return (head + subject + tail).getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(String subject) {
        // The characters as they are: an encoder would map every unpaired surrogate to one and the same byte.
        ByteBuffer characters = ByteBuffer.allocate(subject.length() * Character.BYTES);
        characters.asCharBuffer().put(subject);
        byte[] whole = sha256().digest(characters.array());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, DIGEST_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
