package dev.headway.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.trainer.config.ScheduleSettings;
import dev.headway.trainer.config.SchedulerKind;
import org.junit.jupiter.api.Test;

/** The expected shares are worked out by hand from the formulas of the transformers library. */
class ScheduleTest {
    @Test
    void fallsInAStraightLineAfterTheWarmup() {
        assertShares(schedule(SchedulerKind.LINEAR, 2, 1), 0, 0.5, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125);
    }

    @Test
    void fallsAlongHalfACosine() {
        Schedule schedule = schedule(SchedulerKind.COSINE, 2, 1);

        assertThat(schedule.share(1)).isEqualTo(0.5);
        assertThat(schedule.share(2)).isEqualTo(1);
        assertThat(schedule.share(4)).isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
        assertThat(schedule.share(6)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.share(10)).isCloseTo(0, within(1e-12));
    }

    @Test
    void jumpsBackUpWithEveryRestart() {
        Schedule schedule = schedule(SchedulerKind.COSINE_WITH_RESTARTS, 2, 2);

        assertThat(schedule.share(4)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.share(6)).isEqualTo(1);
        assertThat(schedule.share(8)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.share(10)).isZero();
    }

    @Test
    void staysWithOrWithoutAWarmup() {
        assertShares(schedule(SchedulerKind.CONSTANT, 4, 1), 1, 1, 1, 1, 1);
        assertShares(schedule(SchedulerKind.CONSTANT_WITH_WARMUP, 4, 1), 0, 0.25, 0.5, 0.75, 1, 1);
    }

    @Test
    void neverFallsBelowZeroBeyondTheLastStep() {
        assertThat(schedule(SchedulerKind.LINEAR, 0, 1).share(15)).isZero();
    }

    private static Schedule schedule(SchedulerKind kind, long warmup, double cycles) {
        return new Schedule(new ScheduleSettings(kind, warmup, 0, cycles), 10);
    }

    private static void assertShares(Schedule schedule, double... shares) {
        for (int done = 0; done < shares.length; done++)
            assertThat(schedule.share(done)).as("after %d steps", done).isEqualTo(shares[done], within(1e-12));
    }
}
