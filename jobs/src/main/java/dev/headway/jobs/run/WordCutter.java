package dev.headway.jobs.run;

import java.util.ArrayList;
import java.util.List;

/** Cuts a command line into words, as described at {@link CommandTemplate}. For one thread and one line. */
final class WordCutter {
    private static final char NO_QUOTE = 0;

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote = NO_QUOTE;
    private int quotedFrom;

    WordCutter(String line) {
        this.line = line;
    }

    List<String> cut() {
        for (int at = 0; at < line.length(); at++) {
            at = take(at);
        }
        if (quote != NO_QUOTE) {
            throw new IllegalArgumentException(
                    "the quote " + quote + " at column " + (quotedFrom + 1) + " is not closed");
        }
        endWord();
        return List.copyOf(words);
    }

    /** Takes the character at {@code at} and returns where the last character taken was. */
    private int take(int at) {
        char c = line.charAt(at);
        if (c == '\\' && escapes(at)) {
            append(line.charAt(at + 1));
            return at + 1;
        }
        if (quote == NO_QUOTE) {
            takePlain(c, at);
        } else {
            takeQuoted(c);
        }
        return at;
    }

    private boolean escapes(int at) {
        if (at + 1 >= line.length() || quote == '\'') {
            return false;
        }
        char next = line.charAt(at + 1);
        return quote == NO_QUOTE || next == '"' || next == '\\';
    }

    private void takePlain(char c, int at) {
        if (c == '\'' || c == '"') {
            quote = c;
            quotedFrom = at;
            inWord = true;
        } else if (Character.isWhitespace(c)) {
            endWord();
        } else {
            append(c);
        }
    }

    private void takeQuoted(char c) {
        if (c == quote) {
            quote = NO_QUOTE;
        } else {
            append(c);
        }
    }

    private void append(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }
}
