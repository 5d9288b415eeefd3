package dev.headway.limiter;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a limiter counts. Immutable.
 *
 * <p>With N permits per window of length W, what may at most be admitted within any stretch of length W is the promise of each.
 */
public enum Algorithm {
    /** Remembers every permit: at most N, exactly. */
    SLIDING_WINDOW,
    /** Remembers two counts: at most 2N - 1, and near N for even traffic; for limits too large to remember every permit. */
    SLIDING_WINDOW_COUNTER,
    /** Counts in windows that begin with the first request after the last one: at most 2N. */
    FIXED_WINDOW,
    /** Lets N go at once, or as many as the burst says, and then one each W / N: at most N more than that. */
    TOKEN_BUCKET,
    /** Lets one go each W / N, evenly, and saves nothing up: at most N; for calls that go out. */
    PACING;

    /** Returns the algorithm of that name, in any case; {@code moving-window} is {@code sliding-window}; throws {@link IllegalArgumentException}. */
    public static Algorithm parse(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("moving-window")) {
            return SLIDING_WINDOW;
        }
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown algorithm \"" + name + "\"; try " + accepted() + " (or moving-window)"));
    }

    /** Returns whether callers can wait for permits that are counted so: whether times that they were told stay true if others give up. */
    public boolean keepsLine() {
        return this == SLIDING_WINDOW || this == TOKEN_BUCKET || this == PACING;
    }

    /** Returns the name as it is written in configurations: {@code sliding-window}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String accepted() {
        return Arrays.stream(values()).map(Algorithm::toString).collect(Collectors.joining(", "));
    }
}
