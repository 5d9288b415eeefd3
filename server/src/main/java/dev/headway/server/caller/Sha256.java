package dev.headway.server.caller;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash function SHA-256; stateless. */
public final class Sha256 {
    /** The bytes of a hash. */
    public static final int LENGTH = 32;

    private Sha256() {}

    /** Returns the hash of these bytes. */
    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
