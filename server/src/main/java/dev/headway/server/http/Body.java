package dev.headway.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a request or a response; immutable as long as nobody writes to the array behind it, so threads may share it.
 *
 * <p>The array is handed on, not copied: a hundred megabytes of dataset should lie in memory once.
 */
public final class Body {
    private static final Body EMPTY = new Body(new byte[0]);

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the body without a byte. */
    public static Body empty() {
        return EMPTY;
    }

    /** Returns a body over this very array, which nobody may write to afterwards. */
    public static Body of(byte[] bytes) {
        return new Body(bytes);
    }

    /** Returns the UTF-8 bytes of a text. */
    public static Body of(String text) {
        return new Body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the array itself; treat it as read-only. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Returns whether there is no byte. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** Returns the bytes read as UTF-8, with U+FFFD for what is not UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns a read-only view of the bytes. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
}
