package dev.headway.limiter;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A unit in which the window of a {@link Limit} is counted. Immutable. */
public enum Unit {
    /** One second. */
    SECOND(Duration.ofSeconds(1)),
    /** Sixty seconds. */
    MINUTE(Duration.ofMinutes(1)),
    /** Sixty minutes. */
    HOUR(Duration.ofHours(1)),
    /** Twenty-four hours, wherever midnight falls. */
    DAY(Duration.ofDays(1)),
    /** Thirty days, whatever the calendar says. */
    MONTH(Duration.ofDays(30)),
    /** Three hundred and sixty days: twelve of our months. */
    YEAR(Duration.ofDays(360));

    private final Duration length;

    Unit(Duration length) {
        this.length = length;
    }

    /** Returns how long one of this unit lasts. */
    public Duration length() {
        return length;
    }

    /** Returns the word for one of this unit, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Unit> find(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(unit -> lower.equals(unit.toString()) || lower.equals(unit + "s"))
                .findFirst();
    }

    static String accepted() {
        return Arrays.stream(values()).map(Unit::toString).collect(Collectors.joining(", "));
    }
}
