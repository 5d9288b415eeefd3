package dev.headway.server.metrics;

import dev.headway.server.throttle.EndpointTrial;
import dev.headway.server.throttle.Trial;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Shows how rules that are only tried would have decided, endpoint by endpoint, whatever the rules are called. Stateless. */
final class TrialMeters {
    private TrialMeters() {}

    static void show(MeterRegistry registry, EndpointTrial trial) {
        counter(registry, trial, Verdict.ADMITTED, Trial::admitted);
        counter(registry, trial, Verdict.REFUSED, Trial::refused);
    }

    private static void counter(
            MeterRegistry registry, EndpointTrial trial, Verdict verdict, ToDoubleFunction<Trial> count) {
        FunctionCounter.builder(Names.TRIED.text(), trial.trial(), count)
                .description(Names.TRIED.help())
                .tag("endpoint", trial.endpoint())
                .tag("class", trial.limitClass().policy())
                .tag("decision", verdict.label())
                .register(registry);
    }
}
