package dev.headway.server.metrics;

import dev.headway.server.caller.Caller;
import dev.headway.server.http.RequestMeter;
import dev.headway.server.throttle.answer.Ruling;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counts the requests of one endpoint; safe to share between threads.
 *
 * <p>All counters are there from the beginning, so that a request only counts one up, and so that nobody who asks can make
 * more of them.
 */
final class EndpointCounters implements RequestMeter {
    private static final int ALL = 100;

    private final CounterSet<Verdict> decisions;
    private final CounterSet<Outcome> responses;
    private final ClassMeters meters;

    EndpointCounters(MeterRegistry registry, String endpoint, ClassMeters meters) {
        Tags tags = Tags.of("endpoint", endpoint, "class", meters.limitClass());
        this.decisions = new CounterSet<>(
                Verdict.class, verdict -> counter(registry, Names.DECISIONS, tags.and("decision", verdict.label())));
        this.responses = new CounterSet<>(
                Outcome.class, outcome -> counter(registry, Names.RESPONSES, tags.and("outcome", outcome.label())));
        this.meters = meters;
    }

    @Override
    public void decided(Ruling ruling, Caller caller) {
        decisions.count(Verdict.of(ruling));
        if (ruling instanceof Ruling.Admitted admitted) {
            meters.remaining().record(ALL * admitted.remainingShare());
        }
    }

    @Override
    public void answered(int status) {
        responses.count(Outcome.of(status));
    }

    @Override
    public void took(int status, long nanos) {
        meters.durations().record(Outcome.of(status), nanos);
    }

    /** Returns how many requests have been answered. */
    double answers() {
        return responses.sum();
    }

    private static Counter counter(MeterRegistry registry, Names name, Tags tags) {
        return Counter.builder(name.text()).description(name.help()).tags(tags).register(registry);
    }
}
