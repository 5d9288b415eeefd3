package dev.headway.server.throttle;

import java.util.Optional;

/**
 * How busy the server is as far as limits go, as health reports show it; immutable.
 *
 * @param source where that is known from: {@code gpu}, {@code queue}, {@code command} or {@code off}
 * @param busy whether the limits for busy times hold
 * @param level the last level: percent, or jobs that wait; absent while it is not known
 * @param busyAbove the level above which the server is busy; absent when nobody watches
 * @param since since when it has been busy, or not, in UTC; absent when nobody watches
 * @param problem why the level is not known; absent when it is
 */
public record LoadReport(
        String source,
        boolean busy,
        Optional<Double> level,
        Optional<Integer> busyAbove,
        Optional<String> since,
        Optional<String> problem) {
    /** The report where nobody watches the load. */
    public static final LoadReport OFF =
            new LoadReport("off", false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
