package dev.headway.server.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** Measures how long it takes to measure models; safe to share between threads. */
final class ValidationTimers implements ValidationMeter {
    private static final Duration[] TIMES =
            LongStream.of(1, 5, 15, 60, 300, 900).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);

    private final Map<End, Timer> timers = new EnumMap<>(End.class);

    ValidationTimers(MeterRegistry registry) {
        for (End end : End.values()) {
            timers.put(
                    end,
                    Timer.builder(Names.VALIDATION_RUN.text())
                            .description(Names.VALIDATION_RUN.help())
                            .tag("end", end.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(TIMES)
                            .register(registry));
        }
    }

    @Override
    public void ended(End end, Duration time) {
        requireNonNull(timers.get(end)).record(time);
    }
}
