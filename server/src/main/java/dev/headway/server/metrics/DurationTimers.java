package dev.headway.server.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Measures how long the requests of one class take, by what they come to; safe to share between threads. */
final class DurationTimers {
    private static final Duration[] TIMES = LongStream.of(1, 5, 25, 100, 500, 2_500, 10_000, 60_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

    DurationTimers(MeterRegistry registry, String limitClass) {
        for (Outcome outcome : Outcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder(Names.DURATION.text())
                            .description(Names.DURATION.help())
                            .tag("class", limitClass)
                            .tag("outcome", outcome.label())
                            .serviceLevelObjectives(TIMES)
                            .register(registry));
        }
    }

    void record(Outcome outcome, long nanos) {
        requireNonNull(timers.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
    }
}
