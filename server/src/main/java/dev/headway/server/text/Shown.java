package dev.headway.server.text;

/** Makes what somebody sent fit for a message: {@linkplain Escaped written out} where it is not for the eye, and short; stateless. */
public final class Shown {
    private static final int MAX_LENGTH = 80;

    private Shown() {}

    /** Returns the first 80 characters of a text, and an ellipsis if it is longer. */
    public static String of(String text) {
        if (text.codePointCount(0, text.length()) <= MAX_LENGTH) {
            return Escaped.of(text);
        }
        return Escaped.of(text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH))) + "…";
    }
}
