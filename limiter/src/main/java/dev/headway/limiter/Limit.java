package dev.headway.limiter;

import java.time.Duration;
import java.util.List;

/**
 * A promise of how often: at most {@code permits} in any window of {@code multiple} units. Immutable, a plain value.
 *
 * <p>The notation is that of the Python library <i>limits</i>: {@code 10/minute}, {@code 10 per minute}, {@code 2/5 second};
 * several are joined by a comma, a semicolon or a bar. Case and spaces do not matter and units may end in s. Every limit prints
 * itself in the shortest form that reads back as the same value.
 *
 * @param permits how many permits a window holds, at least 1
 * @param multiple how many units the window lasts, at least 1
 * @param unit the unit of the window
 */
public record Limit(int permits, int multiple, Unit unit) {
    /** The longest window that a limit may have: a hundred years of 360 days. */
    public static final Duration MAX_WINDOW = Unit.YEAR.length().multipliedBy(100);

    /** Checks that the limit can be kept; throws {@link IllegalArgumentException} if not. */
    public Limit {
        if (permits < 1) {
            throw new IllegalArgumentException("a limit of " + permits + " permits; at least 1 is accepted");
        }
        if (multiple < 1) {
            throw new IllegalArgumentException("a window of " + multiple + " " + unit + "; at least 1 is accepted");
        }
        if (unit.length().multipliedBy(multiple).compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException(
                    "a window of " + multiple + " " + unit + "; at most 100 year (36000 day) is accepted");
        }
    }

    /** Returns the limit of so many permits per one unit. */
    public static Limit of(int permits, Unit unit) {
        return new Limit(permits, 1, unit);
    }

    /** Returns the one limit that the text names; throws {@link LimitSyntaxException} for anything else, also for two. */
    public static Limit parse(String text) {
        return new LimitParser(text).one();
    }

    /** Returns the limits that the text joins, in its order, at least one; throws {@link LimitSyntaxException}. */
    public static List<Limit> parseAll(String text) {
        return new LimitParser(text).all();
    }

    /** Returns how long the window lasts. */
    public Duration window() {
        return unit.length().multipliedBy(multiple);
    }

    /** Returns the limit in words as clients are used to read it: {@code 10 per 1 minute}. */
    public String describe() {
        return permits + " per " + multiple + " " + unit;
    }

    /** Returns the shortest notation: {@code 10/minute}, {@code 2/5 second}. */
    @Override
    public String toString() {
        return permits + "/" + (multiple == 1 ? "" : multiple + " ") + unit;
    }
}
