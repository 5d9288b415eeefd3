package dev.headway.limiter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads the notation of limits from left to right, once. Not for sharing between threads.
 *
 * <pre>
 * limits = limit { ("," | ";" | "|") limit }
 * limit  = number ("/" | "per") [number] unit          spaces are free around every part, case does not matter
 * unit   = ("second" | "minute" | "hour" | "day" | "month" | "year") ["s"]
 * </pre>
 *
 * <p>The separator between number and window is required: {@code 10 minute} could as well mean a window of ten minutes, and a
 * limit that may mean two things is refused rather than guessed.
 */
final class LimitParser {
    private static final String FORM = "write it like 10/minute, 10 per minute or 2/5 second";
    private static final String WHOLE_NUMBERS = "a whole number from 1 to " + Integer.MAX_VALUE + " is accepted";

    private final String text;
    private int position;

    LimitParser(String text) {
        this.text = text;
    }

    Limit one() {
        Limit limit = limit();
        if (position < text.length()) {
            throw fault("a second limit", position, "one limit is accepted here");
        }
        return limit;
    }

    List<Limit> all() {
        List<Limit> limits = new ArrayList<>();
        limits.add(limit());
        while (position < text.length()) {
            position++;
            limits.add(limit());
        }
        return List.copyOf(limits);
    }

    private Limit limit() {
        skipSpaces();
        if (atEndOfLimit()) {
            throw fault("a limit is empty", position, FORM);
        }
        int permits = number();
        separator();
        int windowAt = position;
        int multiple = digitAhead() ? number() : 1;
        Unit unit = unit();
        requireEndOfLimit();
        return limit(permits, multiple, unit, windowAt);
    }

    private Limit limit(int permits, int multiple, Unit unit, int windowAt) {
        if (unit.length().multipliedBy(multiple).compareTo(Limit.MAX_WINDOW) > 0) {
            throw fault(
                    "the window " + multiple + " " + unit + " is too long", windowAt, "at most 100 year is accepted");
        }
        return new Limit(permits, multiple, unit);
    }

    private int number() {
        int start = position;
        String digits = take(LimitParser::isDigit);
        if (digits.isEmpty()) {
            throw fault("no number", start, FORM);
        }
        int value = toInt(digits, start);
        skipSpaces();
        return value;
    }

    private int toInt(String digits, int start) {
        try {
            int value = Integer.parseInt(digits);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException tooBig) {
            throw fault("the number " + digits + " is too large", start, WHOLE_NUMBERS);
        }
        throw fault("the number is zero", start, WHOLE_NUMBERS);
    }

    private void separator() {
        if (ahead("/")) {
            position += 1;
        } else if (ahead("per")) {
            position += 3;
        } else {
            throw fault("neither \"/\" nor \"per\"", position, FORM);
        }
        skipSpaces();
    }

    private Unit unit() {
        int start = position;
        String word = take(LimitParser::isLetter);
        if (word.isEmpty()) {
            throw fault("no unit", start, "try " + Unit.accepted());
        }
        Unit unit = Unit.find(word)
                .orElseThrow(() -> fault("unknown unit \"" + word + "\"", start, "try " + Unit.accepted()));
        skipSpaces();
        return unit;
    }

    private void requireEndOfLimit() {
        if (!atEndOfLimit()) {
            throw fault("unexpected \"" + text.substring(position) + "\"", position, "join limits by , ; or |");
        }
    }

    private boolean atEndOfLimit() {
        return position == text.length() || ",;|".indexOf(text.charAt(position)) >= 0;
    }

    private boolean digitAhead() {
        return position < text.length() && isDigit(text.charAt(position));
    }

    private boolean ahead(String word) {
        return text.regionMatches(true, position, word, 0, word.length());
    }

    private void skipSpaces() {
        take(Character::isWhitespace);
    }

    private String take(IntPredicate wanted) {
        int start = position;
        while (position < text.length() && wanted.test(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private LimitSyntaxException fault(String fault, int at, String advice) {
        return new LimitSyntaxException(text, fault, at + 1, advice);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isLetter(int character) {
        return Character.isLetter(character);
    }
}
