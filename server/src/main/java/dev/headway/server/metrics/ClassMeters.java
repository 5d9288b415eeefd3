package dev.headway.server.metrics;

import dev.headway.server.throttle.settings.LimitClass;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What is measured of all endpoints of a class together; safe to share between threads.
 *
 * @param limitClass the name of the class
 * @param remaining how much of their quotas clients have left
 * @param durations how long requests take
 */
record ClassMeters(String limitClass, DistributionSummary remaining, DurationTimers durations) {
    /** Whole numbers, since Micrometer rounds up what it sorts into buckets. */
    private static final double[] PERCENT = {1, 10, 25, 50, 75, 90, 100};

    static ClassMeters of(MeterRegistry registry, LimitClass limitClass) {
        return new ClassMeters(
                limitClass.policy(),
                remaining(registry, limitClass.policy()),
                new DurationTimers(registry, limitClass.policy()));
    }

    private static DistributionSummary remaining(MeterRegistry registry, String limitClass) {
        return DistributionSummary.builder(Names.REMAINING.text())
                .description(Names.REMAINING.help())
                .tag("class", limitClass)
                .baseUnit("percent")
                .serviceLevelObjectives(PERCENT)
                .register(registry);
    }
}
