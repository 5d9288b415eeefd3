package dev.headway.server.api.health;

import dev.headway.jobs.JobCounts;
import dev.headway.jobs.job.JobsException;
import dev.headway.limiter.Ticker;
import dev.headway.server.fresh.Refreshed;
import dev.headway.server.http.Response;
import dev.headway.server.throttle.ThrottleStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /health} (contract A23, B1.1); any number of threads may share it.
 *
 * <p>The route is never limited, so its cost has to be: the report is made at most four times a second, by a thread of its
 * own, and everybody who asks in between is sent the same bytes. If making it takes longer than half a second, because the
 * database or the disk hangs, the last one is sent instead; the answer is 200 in any case, since it says that this server
 * is alive. GPUs are looked for once a minute, by another thread that nobody waits for.
 */
public final class HealthReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthReports.class);
    private static final Duration REPORT_AGE = Duration.ofMillis(250);
    private static final Duration GPU_AGE = Duration.ofMinutes(1);
    private static final Duration GPU_PATIENCE = Duration.ofSeconds(5);
    private static final long MAX_WAIT_MILLIS = 500;

    private final String version;
    private final Supplier<JobCounts> jobs;
    private final Supplier<ThrottleStatus> rateLimiting;
    private final ExecutorService reporter = Executors.newSingleThreadExecutor(task -> daemon(task, "health"));
    private final ExecutorService sampler = Executors.newSingleThreadExecutor(task -> daemon(task, "gpu-sampler"));
    private final Refreshed<Gpus> gpus;
    private final Refreshed<Response> reports;

    /**
     * Begins to report; the first look at the GPUs is under way when this returns.
     *
     * @param version the version of this server
     * @param jobs counts the jobs; may block
     * @param rateLimiting says how limits are set
     * @param environment the variables of this server, in whose PATH {@code nvidia-smi} is looked for
     * @param ticker tells how old a report is
     */
    public HealthReports(
            String version,
            Supplier<JobCounts> jobs,
            Supplier<ThrottleStatus> rateLimiting,
            Map<String, String> environment,
            Ticker ticker) {
        this.version = version;
        this.jobs = jobs;
        this.rateLimiting = rateLimiting;
        GpuProbe probe = GpuProbe.in(environment, GPU_PATIENCE);
        this.gpus = new Refreshed<>(probe::probe, Gpus.NONE, GPU_AGE, ticker, sampler);
        this.reports = new Refreshed<>(this::make, answer(Optional.empty()), REPORT_AGE, ticker, reporter);
    }

    /** Returns a report that is a quarter of a second old at most, or the last one if a new one takes too long. */
    public CompletionStage<Response> report() {
        CompletableFuture<Response> report = reports.get();
        return report.isDone()
                ? report
                : report.copy().completeOnTimeout(reports.last(), MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Ends both threads. */
    @Override
    public void close() {
        reporter.shutdownNow();
        sampler.shutdownNow();
    }

    private Response make() {
        return answer(counts());
    }

    private Optional<JobCounts> counts() {
        try {
            return Optional.of(jobs.get());
        } catch (JobsException unknown) {
            LOG.warn("the jobs cannot be counted for a health report", unknown);
            return Optional.empty();
        }
    }

    private Response answer(Optional<JobCounts> counts) {
        Gpus found = gpus.last();
        return Response.json(
                200,
                new Report(
                        "healthy",
                        "Headway Training API",
                        version,
                        found.available(),
                        found.info(),
                        rateLimiting.get(),
                        Jobs.of(counts)));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What a client is told. */
    record Report(
            String status,
            String service,
            String version,
            boolean gpuAvailable,
            String gpuInfo,
            ThrottleStatus rateLimiting,
            Jobs jobs) {}

    /** How busy the server is; null where it cannot say. */
    record Jobs(Optional<Integer> running, Optional<Integer> queued) {
        static Jobs of(Optional<JobCounts> counts) {
            return new Jobs(counts.map(JobCounts::running), counts.map(JobCounts::queued));
        }
    }
}
