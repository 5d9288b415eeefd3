package dev.headway.server.text;

/**
 * Text that may come from somebody else, made fit for one line of a log or a terminal; stateless.
 *
 * <p>A line break would let a client write lines of its own, an escape character would let it move the cursor of whoever
 * looks, and a mark of direction would let it turn letters round. All of them are written out.
 */
public final class Escaped {
    private Escaped() {}

    /** Returns the text with a backslash, u and four digits for each UTF-16 unit of what is not for the eye. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Escaped::isHidden)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(letter -> append(escaped, letter));
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int letter) {
        if (!isHidden(letter)) {
            escaped.appendCodePoint(letter);
            return;
        }
        for (char unit : Character.toChars(letter)) {
            escaped.append(String.format("\\u%04x", (int) unit));
        }
    }

    private static boolean isHidden(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
