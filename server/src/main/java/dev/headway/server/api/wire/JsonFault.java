package dev.headway.server.api.wire;

/**
 * Where and why a text is not JSON, in the words of Python's decoder; an immutable value.
 *
 * @param message what was expected, {@code Expecting ',' delimiter}
 * @param offset the place, in characters (code points) from 0
 * @param line the line of that place, from 1
 * @param column the column of that place, from 1
 */
public record JsonFault(String message, int offset, int line, int column) {
    /** Returns the fault at an index into the text. */
    static JsonFault at(String text, int index, String message) {
        int lineStart = text.lastIndexOf('\n', index - 1) + 1;
        int lines = (int) text.substring(0, lineStart)
                .chars()
                .filter(character -> character == '\n')
                .count();
        return new JsonFault(
                message, text.codePointCount(0, index), lines + 1, text.codePointCount(lineStart, index) + 1);
    }

    /** Returns the whole sentence, {@code Expecting value: line 1 column 1 (char 0)}. */
    public String text() {
        return message + ": line " + line + " column " + column + " (char " + offset + ")";
    }
}
