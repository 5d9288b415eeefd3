package dev.headway.server.api.wire;

/** The beginning of a text that may be long; pure functions, safe for all threads. */
public final class Excerpt {
    private Excerpt() {}

    /** Returns the text, or its first characters and an ellipsis if it is longer than that many. */
    public static String of(String text, int maxCharacters) {
        return text.length() <= maxCharacters ? text : text.substring(0, maxCharacters) + "…";
    }
}
