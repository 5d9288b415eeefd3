package dev.headway.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobBuilder;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobMetersTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JobMeters meters = new JobMeters(registry);
    private final Job queued = new JobBuilder(new JobId("a"), "ann", "a job", NOON).build();
    private final Job starting =
            queued.change().become(JobState.STARTING).attempt(1).build();
    private final Job running = starting.change()
            .become(JobState.RUNNING)
            .pid(4711)
            .startedAt(NOON.plusSeconds(40))
            .build();

    @Test
    void measureTheWaitForTheFirstAttemptOnly() {
        meters.moved(queued, starting, NOON.plusSeconds(30));
        meters.moved(queued, starting.change().attempt(2).build(), NOON.plusSeconds(5_000));

        assertThat(seconds(registry.get("headway.job.wait").timer())).isEqualTo(30);
        assertThat(registry.get("headway.job.wait").timer().count()).isEqualTo(1);
    }

    @Test
    void measureHowLongAnAttemptRanByItsEnd() {
        meters.moved(running, running.change().become(JobState.FAILED).build(), NOON.plusSeconds(100));

        assertThat(seconds(run("failed"))).isEqualTo(60);
        assertThat(run("completed").count()).isZero();
    }

    @Test
    void countNoRunOfAnAttemptThatNeverRan() {
        Job again = starting.change().startedAt(NOON.plusSeconds(1)).build();

        meters.moved(again, again.change().become(JobState.FAILED).build(), NOON.plusSeconds(100));

        assertThat(run("failed").count()).isZero();
    }

    private Timer run(String end) {
        return registry.get("headway.job.run").tag("end", end).timer();
    }

    private static double seconds(Timer timer) {
        return timer.totalTime(TimeUnit.SECONDS);
    }
}
