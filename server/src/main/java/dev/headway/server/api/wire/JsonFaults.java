package dev.headway.server.api.wire;

import dev.headway.server.http.Json;
import java.util.Optional;

/**
 * Finds the first place where a text stops being JSON, as Python's decoder would name it; for one thread, one text.
 *
 * <p>Parsing is the job of the JSON library. Only when it has refused a text does this class walk through it once more,
 * because clients and people read the words and offsets of Python's {@code json} (contract B1.0). It builds no values and
 * accepts just what RFC 8259 does: unlike Python, no NaN and no Infinity.
 *
 * <p>It descends into nested values by recursion, and gives up quietly below the depth that the library lets in.
 */
public final class JsonFaults {
    private final String text;
    private int position;
    private int depth;

    private JsonFaults(String text) {
        this.text = text;
    }

    /** Finds what is wrong with a text, or nothing when it is JSON or nested too deep to tell. */
    public static Optional<JsonFault> find(String text) {
        JsonFaults scanner = new JsonFaults(text);
        try {
            scanner.document();
            return Optional.empty();
        } catch (Found found) {
            return found.index < 0
                    ? Optional.empty()
                    : Optional.of(JsonFault.at(text, found.index, found.getMessage()));
        }
    }

    private void document() {
        skipSpace();
        value();
        skipSpace();
        if (position < text.length()) {
            throw fault("Extra data", position);
        }
    }

    private void value() {
        if (atEnd()) {
            throw fault("Expecting value", position);
        }
        switch (text.charAt(position)) {
            case '"' -> string();
            case '{' -> nested(this::object);
            case '[' -> nested(this::array);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void nested(Runnable body) {
        if (++depth > Json.MAX_DEPTH) {
            throw new Found("nested too deep", -1);
        }
        position++;
        skipSpace();
        body.run();
        depth--;
    }

    private void object() {
        if (take('}')) {
            return;
        }
        do {
            skipSpace();
            member();
            skipSpace();
        } while (another('}'));
    }

    private void member() {
        if (atEnd() || text.charAt(position) != '"') {
            throw fault("Expecting property name enclosed in double quotes", position);
        }
        string();
        skipSpace();
        if (!take(':')) {
            throw fault("Expecting ':' delimiter", position);
        }
        skipSpace();
        value();
    }

    private void array() {
        if (take(']')) {
            return;
        }
        do {
            skipSpace();
            value();
            skipSpace();
        } while (another(']'));
    }

    private boolean another(char end) {
        if (take(end)) {
            return false;
        }
        if (!take(',')) {
            throw fault("Expecting ',' delimiter", position);
        }
        return true;
    }

    private void string() {
        int start = position++;
        while (true) {
            if (atEnd()) {
                throw fault("Unterminated string starting at", start);
            }
            char next = text.charAt(position);
            if (next == '"') {
                position++;
                return;
            }
            if (next < ' ') {
                throw fault("Invalid control character at", position);
            }
            position++;
            if (next == '\\') {
                escape(start);
            }
        }
    }

    private void escape(int start) {
        if (atEnd()) {
            throw fault("Unterminated string starting at", start);
        }
        char kind = text.charAt(position);
        if ("\"\\/bfnrtu".indexOf(kind) < 0) {
            throw fault("Invalid \\escape", position - 1);
        }
        position++;
        if (kind == 'u') {
            fourHexDigits();
        }
    }

    /** Python wants to see a character after the digits, if only the closing quote, before it believes them. */
    private void fourHexDigits() {
        int end = position + 4;
        if (end >= text.length() || !text.substring(position, end).chars().allMatch(JsonFaults::isHexDigit)) {
            throw fault("Invalid \\uXXXX escape", position - 1);
        }
        position = end;
    }

    private static boolean isHexDigit(int character) {
        return character < 0x80 && Character.digit(character, 16) >= 0;
    }

    private void literal(String word) {
        if (!text.startsWith(word, position)) {
            throw fault("Expecting value", position);
        }
        position += word.length();
    }

    private void number() {
        int start = position;
        take('-');
        if (!take('0') && digits() == 0) {
            throw fault("Expecting value", start);
        }
        fraction();
        exponent();
    }

    private void fraction() {
        int start = position;
        if (take('.') && digits() == 0) {
            position = start;
        }
    }

    private void exponent() {
        int start = position;
        if (!take('e') && !take('E')) {
            return;
        }
        if (!take('+')) {
            take('-');
        }
        if (digits() == 0) {
            position = start;
        }
    }

    private int digits() {
        int start = position;
        while (!atEnd() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        return position - start;
    }

    private void skipSpace() {
        while (!atEnd() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean take(char expected) {
        if (atEnd() || text.charAt(position) != expected) {
            return false;
        }
        position++;
        return true;
    }

    private boolean atEnd() {
        return position >= text.length();
    }

    private static Found fault(String message, int index) {
        return new Found(message, index);
    }

    /** Ends the walk at the first fault; a negative index says that the walk gave up. */
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int index;

        Found(String message, int index) {
            super(message, null, false, false);
            this.index = index;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
