package dev.headway.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * Counts requests by the hour of the day, to tell when most of them come; safe to share between threads.
 *
 * <p>No request looks at a clock for this. Whatever has come since the last {@linkplain #look look} counts for the hour in
 * which it is looked, so a count is off by what comes between two looks around the full hour.
 */
final class PeakHours {
    private static final int HOURS = 24;

    private final DoubleSupplier requests;
    private final Clock clock;
    private final List<Counter> hours = new ArrayList<>();
    private double seen;

    /**
     * Makes 24 counters.
     *
     * @param requests how many requests there have been
     * @param clock the time of day, in the zone whose hours are meant
     */
    PeakHours(MeterRegistry registry, DoubleSupplier requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
        for (int hour = 0; hour < HOURS; hour++) {
            hours.add(Counter.builder(Names.BY_HOUR.text())
                    .description(Names.BY_HOUR.help())
                    .tag("hour", String.format(Locale.ROOT, "%02d", hour))
                    .register(registry));
        }
    }

    /** Counts what has come since the last look. */
    synchronized void look() {
        double total = requests.getAsDouble();
        hours.get(LocalTime.now(clock).getHour()).increment(total - seen);
        seen = total;
    }
}
