package dev.headway.server.metrics;

import static java.util.Objects.requireNonNull;

import dev.headway.server.http.RequestMeter;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.settings.LimitClass;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Counts the requests of a server, endpoint by endpoint; safe to share between threads. */
final class RequestCounters implements RequestMeters {
    private static final String NO_ENDPOINT = "none";

    private static final Duration[] DECISION_TIMES = Stream.of(
                    "PT0.0000005S",
                    "PT0.000001S",
                    "PT0.0000025S",
                    "PT0.000005S",
                    "PT0.00001S",
                    "PT0.000025S",
                    "PT0.0001S",
                    "PT0.00025S",
                    "PT0.0005S",
                    "PT0.001S",
                    "PT0.0025S",
                    "PT0.005S",
                    "PT0.01S",
                    "PT0.025S",
                    "PT0.05S",
                    "PT0.1S",
                    "PT0.25S")
            .map(Duration::parse)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<LimitClass, ClassMeters> classes = new EnumMap<>(LimitClass.class);
    private final List<EndpointCounters> endpoints = new CopyOnWriteArrayList<>();
    private final RequestMeter strays;
    private final Timer decisions;

    RequestCounters(MeterRegistry registry) {
        this.registry = registry;
        for (LimitClass limitClass : LimitClass.values()) {
            classes.put(limitClass, ClassMeters.of(registry, limitClass));
        }
        this.strays = counters(NO_ENDPOINT, LimitClass.NONE);
        this.decisions = Timer.builder(Names.DECISION_TIME.text())
                .description(Names.DECISION_TIME.help())
                .serviceLevelObjectives(DECISION_TIMES)
                .register(registry);
    }

    @Override
    public RequestMeter of(Route route) {
        return counters(route.endpoint(), route.limitClass());
    }

    @Override
    public RequestMeter strays() {
        return strays;
    }

    @Override
    public void decisionTook(long nanos) {
        decisions.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Returns how many requests have been answered. */
    double answers() {
        return endpoints.stream().mapToDouble(EndpointCounters::answers).sum();
    }

    private EndpointCounters counters(String endpoint, LimitClass limitClass) {
        EndpointCounters made = new EndpointCounters(registry, endpoint, requireNonNull(classes.get(limitClass)));
        endpoints.add(made);
        return made;
    }
}
