package dev.headway.server.metrics;

import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.limiter.store.StoreStatistics;
import dev.headway.server.throttle.LoadReport;
import dev.headway.server.throttle.PolicyReport;
import dev.headway.server.throttle.ThrottleStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Shows how limits and their store stand, as they were at the last look; safe to share between threads. */
final class LimitMeters {
    private static final StoreHealth NO_STORE = new StoreHealth(StoreHealth.State.CONNECTED, Optional.empty(), 0, 0, 0);

    private final Supplier<ThrottleStatus> status;
    private final Supplier<Optional<StoreHealth>> health;
    private final Supplier<StoreStatistics> statistics;
    private volatile Seen seen;

    private record Seen(ThrottleStatus status, StoreHealth health, StoreStatistics statistics) {}

    LimitMeters(
            MeterRegistry registry,
            Supplier<ThrottleStatus> status,
            Supplier<Optional<StoreHealth>> health,
            Supplier<StoreStatistics> statistics) {
        this.status = status;
        this.health = health;
        this.statistics = statistics;
        this.seen = now();
        registerLimits(registry);
        registerStore(registry);
    }

    /** Looks how everything stands now. */
    void look() {
        seen = now();
    }

    private Seen now() {
        return new Seen(status.get(), health.get().orElse(NO_STORE), statistics.get());
    }

    private void registerLimits(MeterRegistry registry) {
        gauge(registry, Names.ENABLED, now -> now.status().enabled() ? 1 : 0);
        gauge(registry, Names.REDUCED, now -> now.status().dynamic().busy() ? 1 : 0);
        gauge(registry, Names.LOAD_LEVEL, now -> now.status().dynamic().level().orElse(Double.NaN));
        gauge(registry, Names.LOAD_THRESHOLD, now -> threshold(now.status().dynamic()));
        gauge(registry, Names.RULES, now -> policy(now, PolicyReport::rules));
        gauge(registry, Names.FAULTS, now -> policy(now, PolicyReport::faults));
        gauge(registry, Names.KEYS, now -> now.statistics().keys());
        Gauge.builder(
                        Names.BYTES.text(),
                        this,
                        meters -> meters.seen.statistics().bytes())
                .description(Names.BYTES.help())
                .baseUnit("bytes")
                .register(registry);
        counter(registry, Names.OVERFLOWS, now -> now.statistics().overflows());
    }

    private void registerStore(MeterRegistry registry) {
        gauge(registry, Names.STORE_UP, now -> is(now, StoreHealth.State.CONNECTED));
        for (StoreHealth.State state : StoreHealth.State.values()) {
            Gauge.builder(Names.STORE_STATE.text(), this, meters -> is(meters.seen, state))
                    .description(Names.STORE_STATE.help())
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        counter(registry, Names.STORE_FAILURES, now -> now.health().failures());
        counter(registry, Names.DECIDED_ALONE, now -> now.health().decidedAlone());
        counter(registry, Names.FROM_MEMORY, now -> now.health().refusedFromMemory());
    }

    private static int policy(Seen now, ToIntFunction<PolicyReport> number) {
        return now.status().policy().map(number::applyAsInt).orElse(0);
    }

    private static double threshold(LoadReport load) {
        return load.busyAbove().map(Integer::doubleValue).orElse(Double.NaN);
    }

    private static int is(Seen now, StoreHealth.State state) {
        return now.health().state() == state ? 1 : 0;
    }

    private void gauge(MeterRegistry registry, Names name, ToDoubleFunction<Seen> value) {
        Gauge.builder(name.text(), this, meters -> value.applyAsDouble(meters.seen))
                .description(name.help())
                .register(registry);
    }

    private void counter(MeterRegistry registry, Names name, ToDoubleFunction<Seen> value) {
        FunctionCounter.builder(name.text(), this, meters -> value.applyAsDouble(meters.seen))
                .description(name.help())
                .register(registry);
    }
}
