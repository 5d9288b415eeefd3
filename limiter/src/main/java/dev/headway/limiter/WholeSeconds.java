package dev.headway.limiter;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Durations that a limit can have as its window. Stateless. */
final class WholeSeconds {
    private static final Duration MOST = Duration.ofSeconds(Integer.MAX_VALUE);

    private WholeSeconds() {}

    /** Throws {@link IllegalArgumentException} unless the duration is a whole number of seconds, from 1 to 2^31 - 1. */
    static void require(String what, Duration duration) {
        boolean whole = duration.truncatedTo(ChronoUnit.SECONDS).equals(duration);
        if (!whole || duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    what + " of " + duration + "; whole seconds from 1 to " + MOST.toSeconds() + " are accepted");
        }
    }

    static Limit limit(int permits, Duration window) {
        return new Limit(permits, Math.toIntExact(window.toSeconds()), Unit.SECOND);
    }
}
