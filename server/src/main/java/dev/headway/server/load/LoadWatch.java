package dev.headway.server.load;

import dev.headway.jobs.JobCounts;
import dev.headway.server.throttle.LoadReport;
import dev.headway.server.throttle.LoadSignal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at how busy this machine is, and says in the log when limits change for it; for one thread, on which no request
 * waits.
 *
 * <p>While nobody can say how busy it is the usual limits hold, which is told once.
 */
public final class LoadWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LoadWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final LoadSource source;
    private final Band band;
    private final Hysteresis hysteresis;
    private final LoadSignal signal;
    private final Clock clock;
    private boolean isBusy;
    private boolean isKnown = true;
    private Instant since;

    LoadWatch(String name, LoadSource source, Band band, LoadSignal signal, Clock clock) {
        this.name = name;
        this.source = source;
        this.band = band;
        this.hysteresis = new Hysteresis(band);
        this.signal = signal;
        this.clock = clock;
        this.since = clock.instant();
        tell(Optional.empty(), Optional.empty());
    }

    /**
     * Returns a watch as the settings have it; none where the source is off.
     *
     * @param settings what to look at
     * @param jobs counts the jobs
     * @param environment the variables of this server, in whose PATH {@code nvidia-smi} is looked for
     * @param signal is told what is found out
     * @param clock the time of day
     */
    public static Optional<LoadWatch> of(
            LoadSettings settings,
            Supplier<JobCounts> jobs,
            Map<String, String> environment,
            LoadSignal signal,
            Clock clock) {
        Band percent = Band.ofPercent(settings.gpuBusyPercent());
        String name = settings.source().name().toLowerCase(Locale.ROOT);
        return switch (settings.source()) {
            case OFF -> Optional.empty();
            case GPU -> Optional.of(new LoadWatch(name, new GpuLoad(environment, PATIENCE), percent, signal, clock));
            case COMMAND ->
                Optional.of(new LoadWatch(
                        name, new CommandLoad(settings.command(), environment, PATIENCE), percent, signal, clock));
            case QUEUE ->
                Optional.of(new LoadWatch(
                        name, new QueueLoad(jobs), Band.ofCount(settings.queueBusyJobs()), signal, clock));
        };
    }

    /** Looks, which may take some seconds, and passes on what is found. */
    public void look() {
        Reading reading = source.look();
        boolean wasBusy = isBusy;
        isBusy = hysteresis.take(reading);
        if (isBusy != wasBusy) {
            since = clock.instant();
        }
        if (reading instanceof Reading.Level level) {
            tell(Optional.of(level.value()), Optional.empty());
            logKnown();
        } else if (reading instanceof Reading.Unknown unknown) {
            tell(Optional.empty(), Optional.of(unknown.reason()));
            logUnknown(unknown.reason());
        }
        if (isBusy != wasBusy) {
            logChange(reading);
        }
    }

    private void tell(Optional<Double> level, Optional<String> problem) {
        String moment = since.truncatedTo(ChronoUnit.SECONDS).toString();
        signal.set(new LoadReport(name, isBusy, level, Optional.of(band.above()), Optional.of(moment), problem));
    }

    private void logChange(Reading reading) {
        String level = reading instanceof Reading.Level known ? shown(known.value()) : "an unknown level";
        if (isBusy) {
            LOG.warn(
                    "[Rate Limit] LOWERED for load - {} is at {}, above {}: RATE_LIMIT_TRAINING_EXECUTE_BUSY holds",
                    name,
                    level,
                    band.above());
        } else {
            LOG.info("[Rate Limit] RESTORED - {} is at {}: the usual limits hold", name, level);
        }
    }

    private static String shown(double level) {
        return BigDecimal.valueOf(level)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private void logKnown() {
        if (!isKnown) {
            LOG.info("[Rate Limit] The load ({}) is known again", name);
        }
        isKnown = true;
    }

    private void logUnknown(String reason) {
        if (isKnown) {
            String follows = isBusy ? "the usual limits hold soon if it stays so" : "no limit is lowered for it";
            LOG.info("[Rate Limit] The load ({}) is not known, so {}: {}", name, follows, reason);
        }
        isKnown = false;
    }
}
