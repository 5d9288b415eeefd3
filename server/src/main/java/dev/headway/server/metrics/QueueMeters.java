package dev.headway.server.metrics;

import dev.headway.jobs.JobSurvey;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JobsException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how many jobs stand where, as they were at the last look; safe to share between threads. */
final class QueueMeters {
    private static final Logger LOG = LoggerFactory.getLogger(QueueMeters.class);

    private final Supplier<JobSurvey> source;
    private final Clock clock;
    private volatile Optional<JobSurvey> seen = Optional.empty();

    /**
     * Makes the gauges, which know nothing before the first look.
     *
     * @param source counts the jobs; may block
     * @param clock the time of day
     */
    QueueMeters(MeterRegistry registry, Supplier<JobSurvey> source, Clock clock) {
        this.source = source;
        this.clock = clock;
        for (JobState state : JobState.values()) {
            Gauge.builder(Names.JOBS.text(), this, meters -> meters.count(state))
                    .description(Names.JOBS.help())
                    .tag("state", state.storedName())
                    .register(registry);
        }
        Gauge.builder(Names.JOBS_READABLE.text(), this, meters -> meters.seen.isPresent() ? 1 : 0)
                .description(Names.JOBS_READABLE.help())
                .register(registry);
        Gauge.builder(Names.JOB_OLDEST.text(), this, QueueMeters::oldestSeconds)
                .description(Names.JOB_OLDEST.help())
                .baseUnit("seconds")
                .register(registry);
    }

    /** Counts the jobs. */
    void look() {
        try {
            seen = Optional.of(source.get());
        } catch (JobsException unknown) {
            LOG.warn("the jobs cannot be counted for the metrics", unknown);
            seen = Optional.empty();
        }
    }

    private double count(JobState state) {
        return seen.map(survey -> (double) survey.count(state)).orElse(Double.NaN);
    }

    private double oldestSeconds() {
        return seen.map(this::oldestSeconds).orElse(Double.NaN);
    }

    private double oldestSeconds(JobSurvey survey) {
        return survey.oldestWaiting()
                .map(since -> Duration.between(since, clock.instant()).toMillis() / 1e3)
                .orElse(0.0);
    }
}
