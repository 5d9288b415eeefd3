package dev.headway.server.metrics;

import dev.headway.jobs.JobListener;
import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Measures how long jobs wait and run; safe to share between threads. */
final class JobMeters implements JobListener {
    private static final Set<JobState> ENDS =
            EnumSet.of(JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED, JobState.PAUSED, JobState.QUEUED);
    private static final Duration[] TIMES = LongStream.of(1, 10, 60, 300, 900, 3_600, 14_400, 43_200, 86_400, 259_200)
            .mapToObj(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final Timer wait;
    private final Map<JobState, Timer> runs = new EnumMap<>(JobState.class);

    JobMeters(MeterRegistry registry) {
        this.wait = timer(Names.JOB_WAIT).register(registry);
        ENDS.forEach(end ->
                runs.put(end, timer(Names.JOB_RUN).tag("end", end.storedName()).register(registry)));
    }

    @Override
    public void moved(Job before, Job after, Instant now) {
        if (after.state() == JobState.STARTING && after.attempt() == 1) {
            record(wait, after.submittedAt(), now);
        }
        Timer run = runs.get(after.state());
        if (run != null && before.pid().isPresent()) {
            after.startedAt().ifPresent(started -> record(run, started, now));
        }
    }

    private static void record(Timer timer, Instant from, Instant to) {
        timer.record(Duration.between(from, to));
    }

    private static Timer.Builder timer(Names name) {
        return Timer.builder(name.text()).description(name.help()).serviceLevelObjectives(TIMES);
    }
}
