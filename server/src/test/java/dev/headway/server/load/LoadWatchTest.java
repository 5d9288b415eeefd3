package dev.headway.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.headway.jobs.JobCounts;
import dev.headway.jobs.job.JobId;
import dev.headway.server.throttle.LoadReport;
import dev.headway.server.throttle.LoadSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is told of the load, look by look. */
final class LoadWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.7Z");
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(LoadWatch.class);

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final LoadSignal signal = LoadSignal.off();
    private final MovedClock clock = new MovedClock(NOON);
    private Reading next = new Reading.Level(0);

    private final LoadWatch watch = new LoadWatch("gpu", () -> next, Band.ofPercent(90), signal, clock);

    @BeforeEach
    void listen() {
        told.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(told);
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(told);
        LOG.setLevel(Level.WARN);
    }

    @Test
    void saysThatNothingIsKnownYet() {
        assertThat(signal.report())
                .isEqualTo(new LoadReport(
                        "gpu",
                        false,
                        Optional.empty(),
                        Optional.of(90),
                        Optional.of("2026-11-24T12:00:00Z"),
                        Optional.empty()));
    }

    @Test
    void lowersLimitsAndRestoresThemAndTellsBothOnce() {
        look(42);
        clock.advance(Duration.ofSeconds(5));
        look(97);
        look(98);

        assertThat(signal.isBusy()).isTrue();
        assertThat(signal.report())
                .isEqualTo(new LoadReport(
                        "gpu",
                        true,
                        Optional.of(98.0),
                        Optional.of(90),
                        Optional.of("2026-11-24T12:00:05Z"),
                        Optional.empty()));

        look(10);
        look(11);
        clock.advance(Duration.ofSeconds(15));
        look(12.5);
        look(13);

        assertThat(signal.isBusy()).isFalse();
        assertThat(signal.report().since()).contains("2026-11-24T12:00:20Z");
        assertThat(told())
                .containsExactly(
                        "WARN [Rate Limit] LOWERED for load - gpu is at 97, above 90: RATE_LIMIT_TRAINING_EXECUTE_BUSY holds",
                        "INFO [Rate Limit] RESTORED - gpu is at 12.5: the usual limits hold");
    }

    @Test
    void tellsOnceThatTheLoadIsNotKnown() {
        next = new Reading.Unknown("there is no nvidia-smi in PATH");
        watch.look();
        watch.look();

        assertThat(signal.isBusy()).isFalse();
        assertThat(signal.report().problem()).contains("there is no nvidia-smi in PATH");
        assertThat(told())
                .containsExactly("INFO [Rate Limit] The load (gpu) is not known, so no limit is lowered for it:"
                        + " there is no nvidia-smi in PATH");

        look(5);
        assertThat(signal.report().problem()).isEmpty();
        assertThat(told()).last().isEqualTo("INFO [Rate Limit] The load (gpu) is known again");
    }

    @Test
    void restoresLimitsWhenTheCardIsGone() {
        look(97);
        next = new Reading.Unknown("nvidia-smi: it ended with exit code 15");
        watch.look();
        assertThat(signal.isBusy()).isTrue();
        assertThat(told())
                .last()
                .isEqualTo(
                        "INFO [Rate Limit] The load (gpu) is not known, so the usual limits hold soon if it stays so:"
                                + " nvidia-smi: it ended with exit code 15");
        watch.look();
        watch.look();

        assertThat(signal.isBusy()).isFalse();
        assertThat(told())
                .last()
                .isEqualTo("INFO [Rate Limit] RESTORED - gpu is at an unknown level: the usual limits hold");
    }

    @Test
    void watchesTheQueue() {
        LoadWatch ofQueue = LoadWatch.of(
                        new LoadSettings(LoadSettings.Source.QUEUE, 90, 10, "", Duration.ofSeconds(5)),
                        () -> new JobCounts(1, 11),
                        Map.of(),
                        signal,
                        clock)
                .orElseThrow();

        ofQueue.look();

        assertThat(signal.report())
                .returns("queue", LoadReport::source)
                .returns(true, LoadReport::busy)
                .returns(Optional.of(11.0), LoadReport::level)
                .returns(Optional.of(10), LoadReport::busyAbove);
    }

    @Test
    void doesWithoutAQueueThatCannotBeCounted() {
        QueueLoad queue = new QueueLoad(() -> {
            throw new AssertionError(JobId.parse("no name for a job"));
        });

        assertThat(queue.look())
                .isInstanceOfSatisfying(
                        Reading.Unknown.class,
                        unknown -> assertThat(unknown.reason()).startsWith("the jobs cannot be counted: "));
    }

    @Test
    void watchesNothingWhereItIsOff() {
        LoadSettings off = new LoadSettings(LoadSettings.Source.OFF, 90, 10, "", Duration.ofSeconds(5));

        assertThat(LoadWatch.of(off, () -> new JobCounts(0, 0), Map.of(), signal, clock))
                .isEmpty();
    }

    private void look(double level) {
        next = new Reading.Level(level);
        watch.look();
    }

    private List<String> told() {
        return told.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    /** A clock that a test moves. */
    private static final class MovedClock extends Clock {
        private Instant now;

        MovedClock(Instant now) {
            this.now = now;
        }

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this clock is of one zone: " + zone);
        }
    }
}
