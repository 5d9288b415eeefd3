package dev.headway.server.metrics;

import dev.headway.jobs.JobListener;
import dev.headway.jobs.JobSurvey;
import dev.headway.limiter.redis.LeaseStatistics;
import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.limiter.store.StoreStatistics;
import dev.headway.server.fresh.FollowedFile;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.throttle.EndpointTrial;
import dev.headway.server.throttle.ThrottleStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * All that is measured in a server, and the text in which Prometheus reads it; safe to share between threads.
 *
 * <p>What happens is counted when it happens: {@link #requests} and {@link #jobs} are handed to those who can tell. What is
 * asked for is asked for when somebody reads, once for each text, by the {@code show} methods' sources.
 *
 * <p>Every series is there from the start, at zero, and its labels come from the program: endpoints by route template,
 * classes, states, hours. There is none that a client can choose, so nobody can fill the memory with series.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Clock clock;
    private final RequestCounters requests = new RequestCounters(registry);
    private final JobMeters jobs = new JobMeters(registry);
    private final ValidationTimers validations = new ValidationTimers(registry);
    private final MachineMeters machine = new MachineMeters(registry);
    private final PeakHours hours;
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();

    /**
     * Begins to measure.
     *
     * @param clock the time of day, in the zone whose hours are counted by
     */
    public Metrics(Clock clock) {
        this.clock = clock;
        this.hours = new PeakHours(registry, requests::answers, clock);
        looks.add(hours::look);
        looks.add(machine::look);
    }

    /** Returns who is to be told of requests. */
    public RequestMeters requests() {
        return requests;
    }

    /** Returns who is to be told of jobs. */
    public JobListener jobs() {
        return jobs;
    }

    /** Returns who is to be told of models that are measured. */
    public ValidationMeter validations() {
        return validations;
    }

    /** Shows how rules that are only tried would have decided; to be told once the endpoints are known. */
    public void showTrials(List<EndpointTrial> trials) {
        trials.forEach(trial -> TrialMeters.show(registry, trial));
    }

    /** Shows, by a name, what comes of a file that is followed; absent where none is set. */
    public void showFile(String name, Optional<FollowedFile> file) {
        FileMeters.show(registry, name, file);
    }

    /** Shows how limits and their store stand. */
    public void showLimits(
            Supplier<ThrottleStatus> status,
            Supplier<Optional<StoreHealth>> health,
            Supplier<StoreStatistics> statistics) {
        looks.add(new LimitMeters(registry, status, health, statistics)::look);
    }

    /** Shows what is done with permits that are taken ahead; absent where that is not done. */
    public void showLeases(Supplier<Optional<LeaseStatistics>> leases) {
        looks.add(new LeaseMeters(registry, leases)::look);
    }

    /** Shows how many jobs stand where; the source may block. */
    public void showJobs(Supplier<JobSurvey> survey) {
        looks.add(new QueueMeters(registry, survey, clock)::look);
    }

    /** Shows how many connections are open. */
    public void showConnections(IntSupplier connections) {
        Gauge.builder(Names.CONNECTIONS.text(), connections::getAsInt)
                .description(Names.CONNECTIONS.help())
                .register(registry);
    }

    /**
     * Counts what has come since the last time for the present hour of the day, and has the machine watched if it is not yet; to
     * be called about once a second.
     */
    public void keepUp() {
        hours.look();
        machine.look();
    }

    /** Returns everything, in Prometheus's text format; may block. */
    public String text() {
        looks.forEach(Runnable::run);
        return registry.scrape();
    }

    /** Stops to listen to the garbage collector. */
    @Override
    public void close() {
        machine.close();
        registry.close();
    }
}
