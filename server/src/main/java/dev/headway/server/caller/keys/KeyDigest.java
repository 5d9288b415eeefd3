package dev.headway.server.caller.keys;

import dev.headway.server.caller.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a key, kept in its place; immutable, so threads may share it.
 *
 * <p>Keys are compared by their digests, and digests in constant time: how long a comparison takes tells a guesser
 * nothing about the key.
 */
public final class KeyDigest {
    private final byte[] digest;

    private KeyDigest(byte[] digest) {
        this.digest = digest;
    }

    /** Returns the digest of a key. */
    public static KeyDigest of(String key) {
        return new KeyDigest(Sha256.of(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the digest of a key as it came in a header field, where a letter stands for each byte. */
    public static KeyDigest ofField(String value) {
        return new KeyDigest(Sha256.of(value.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /**
     * Reads a digest from 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static KeyDigest parse(String hex) {
        byte[] digest = HexFormat.of().parseHex(hex);
        if (digest.length != Sha256.LENGTH) {
            throw new IllegalArgumentException(
                    hex.length() + " hexadecimal digits; a SHA-256 has " + 2 * Sha256.LENGTH);
        }
        return new KeyDigest(digest);
    }

    /** Returns a digest that no key has. */
    static KeyDigest ofNothing() {
        return new KeyDigest(new byte[Sha256.LENGTH]);
    }

    /** Returns the first eight bytes. */
    long beginning() {
        return ByteBuffer.wrap(digest).getLong();
    }

    /** Returns the 64 digits that {@link #parse} reads; for files of keys only. */
    String hex() {
        return HexFormat.of().formatHex(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyDigest key && MessageDigest.isEqual(digest, key.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** Returns no part of the digest, so that none ends up in a log. */
    @Override
    public String toString() {
        return "SHA-256 of a key";
    }
}
