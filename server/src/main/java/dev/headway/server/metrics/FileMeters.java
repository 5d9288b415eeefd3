package dev.headway.server.metrics;

import dev.headway.server.fresh.FollowedFile;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Shows what has come of the files that the server follows. Stateless. */
final class FileMeters {
    /** Stands for a file that is not set: its series are there all the same. Gauges keep nothing alive by themselves. */
    private static final FollowedFile NO_FILE = new FollowedFile(Instant.EPOCH);

    private FileMeters() {}

    /** Shows a file, if there is one, by a name. */
    static void show(MeterRegistry registry, String name, Optional<FollowedFile> file) {
        FollowedFile followed = file.orElse(NO_FILE);
        counter(registry, name, "taken", followed, FollowedFile::taken);
        counter(registry, name, "refused", followed, FollowedFile::refused);
        gauge(Names.FILE_BEHIND, name, followed, known -> known.isBehind() ? 1 : 0)
                .register(registry);
        gauge(Names.FILE_USABLE, name, followed, known -> file.isPresent() ? seconds(known.usableAt()) : Double.NaN)
                .baseUnit("seconds")
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry,
            String name,
            String result,
            FollowedFile file,
            ToDoubleFunction<FollowedFile> count) {
        FunctionCounter.builder(Names.FILE_CHANGES.text(), file, count)
                .description(Names.FILE_CHANGES.help())
                .tag("file", name)
                .tag("result", result)
                .register(registry);
    }

    private static Gauge.Builder<FollowedFile> gauge(
            Names gauge, String name, FollowedFile file, ToDoubleFunction<FollowedFile> value) {
        return Gauge.builder(gauge.text(), file, value)
                .description(gauge.help())
                .tag("file", name);
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1e3;
    }
}
