package dev.headway.server.throttle.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows the UTF-8 bytes of a piece of JSON; for one thread. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[256];
    private int length;

    /** Adds ASCII that is JSON already. */
    // The deprecated getBytes copies the low byte of each char, which for ASCII is the encoding, and allocates nothing.
    @SuppressWarnings("deprecation")
    JsonBytes raw(String ascii) {
        reserve(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
        return this;
    }

    /** Adds UTF-8 that is JSON already. */
    JsonBytes octets(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** Adds a number. */
    JsonBytes number(long number) {
        return raw(Long.toString(number));
    }

    /** Adds a string, quoted and escaped. */
    JsonBytes text(String text) {
        put('"');
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet == '"' || octet == '\\') {
                put('\\');
                put(octet);
            } else if (octet >= 0 && octet < ' ') {
                raw("\\u00");
                put(HEX[octet >> 4]);
                put(HEX[octet & 0xf]);
            } else {
                put(octet);
            }
        }
        put('"');
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void put(int octet) {
        reserve(1);
        bytes[length++] = (byte) octet;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
