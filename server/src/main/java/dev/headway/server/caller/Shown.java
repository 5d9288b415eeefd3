package dev.headway.server.caller;

/** Makes what somebody sent fit for a message or a log: short, and without line breaks and control characters; stateless. */
public final class Shown {
    private static final int MAX_LENGTH = 80;

    private Shown() {}

    /** Returns a text of at most 80 characters, and an ellipsis if it is longer. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(letter -> {
            if (Character.isISOControl(letter) || Character.getType(letter) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", letter));
            } else {
                shown.appendCodePoint(letter);
            }
        });
        return text.codePointCount(0, text.length()) > MAX_LENGTH
                ? shown.append("…").toString()
                : shown.toString();
    }
}
