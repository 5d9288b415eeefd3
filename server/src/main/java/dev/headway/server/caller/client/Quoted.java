package dev.headway.server.caller.client;

/** Finds separators that do not stand inside a quoted string; stateless. */
final class Quoted {
    private Quoted() {}

    /** Returns where the part that starts here ends: at the next separator outside of quotes, or at the end of the text. */
    static int endOf(String text, char separator, int from, int to) {
        boolean quoted = false;
        for (int index = from; index < to; index++) {
            char letter = text.charAt(index);
            if (quoted && letter == '\\') {
                index++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == separator && !quoted) {
                return index;
            }
        }
        return to;
    }
}
