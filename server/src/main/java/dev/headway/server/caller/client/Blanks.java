package dev.headway.server.caller.client;

/** Skips the blanks around a part of a header field; stateless. */
final class Blanks {
    private Blanks() {}

    /** Returns the first place from which no blank follows, at most the end. */
    static int skip(String text, int from, int to) {
        int start = from;
        while (start < to && isBlank(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** Returns the last place before which no blank stands, at least the start. */
    static int skipBackwards(String text, int from, int to) {
        int stop = to;
        while (stop > from && isBlank(text.charAt(stop - 1))) {
            stop--;
        }
        return stop;
    }

    private static boolean isBlank(char letter) {
        return letter == ' ' || letter == '\t';
    }
}
