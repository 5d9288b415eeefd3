package dev.headway.server.metrics;

import dev.headway.limiter.redis.LeaseStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows what is done with permits that are taken ahead, as it was at the last look; safe to share between threads. */
final class LeaseMeters {
    private static final LeaseStatistics NONE = new LeaseStatistics(0, 0, 0, 0);

    private final Supplier<Optional<LeaseStatistics>> source;
    private volatile LeaseStatistics seen = NONE;

    LeaseMeters(MeterRegistry registry, Supplier<Optional<LeaseStatistics>> source) {
        this.source = source;
        Gauge.builder(Names.LEASE_KEYS.text(), this, meters -> meters.seen.keys())
                .description(Names.LEASE_KEYS.help())
                .register(registry);
        counter(registry, Names.LEASE_ADMITTED, LeaseStatistics::admitted);
        counter(registry, Names.LEASE_TAKEN, LeaseStatistics::taken);
        counter(registry, Names.LEASE_RETURNED, LeaseStatistics::returned);
    }

    /** Looks how everything stands now. */
    void look() {
        seen = source.get().orElse(NONE);
    }

    private void counter(MeterRegistry registry, Names name, ToDoubleFunction<LeaseStatistics> value) {
        FunctionCounter.builder(name.text(), this, meters -> value.applyAsDouble(meters.seen))
                .description(name.help())
                .register(registry);
    }
}
