package dev.headway.server.api.schema;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether texts are real Unicode; pure functions, safe for all threads. */
final class Unicode {
    private Unicode() {}

    /** Returns whether every surrogate in the text has its other half. */
    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(Unicode::isHalf);
    }

    /** Returns the text with U+FFFD for every surrogate that has lost its other half. */
    static String repaired(String text) {
        return text.codePoints()
                .map(point -> isHalf(point) ? 0xfffd : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Returns whether the bytes are UTF-8 to the last one. */
    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
