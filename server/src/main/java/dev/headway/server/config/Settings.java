package dev.headway.server.config;

import dev.headway.server.http.server.HttpSettings;
import dev.headway.server.load.LoadSettings;
import dev.headway.server.logging.LogSettings;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that can be chosen about the server; an immutable value.
 *
 * @param data the directory for jobs, logs and models
 * @param http where it listens, and its bounds
 * @param shutdownGrace what requests in flight get when it is stopped
 * @param keys the keys that callers must show
 * @param rateLimits who may do how much
 * @param load what limits are lowered by
 * @param policy the rules beside them
 * @param jobs how jobs are run
 * @param files what the filesystem routes show
 * @param metricsPort where /metrics is, if not on the port of the API
 * @param log how the server logs
 */
public record Settings(
        Path data,
        HttpSettings http,
        Duration shutdownGrace,
        KeySettings keys,
        RateLimitSettings rateLimits,
        LoadSettings load,
        PolicySettings policy,
        JobSettings jobs,
        FilesystemSettings files,
        Optional<HttpSettings> metricsPort,
        LogSettings log) {
    /**
     * Makes settings of what is set.
     *
     * @throws InvalidSettings with all problems at once
     */
    public static Settings of(Environment environment, Machine machine) {
        Problems problems = new Problems();
        environment.problems().forEach(problems::add);
        SettingReader reader = new SettingReader(environment, problems);
        Path data = reader.value(Variable.HEADWAY_DATA, text -> directory(text, machine));
        HttpSettings http = HttpReader.read(reader, machine);
        KeySettings keys = KeyReader.read(reader, machine);
        RateLimitSettings rateLimits = RateLimitReader.read(reader);
        Settings settings = new Settings(
                data,
                http,
                reader.seconds(Variable.HEADWAY_SHUTDOWN_GRACE),
                keys,
                rateLimits,
                LoadReader.read(reader),
                PolicySettingsReader.read(reader, machine, rateLimits, keys),
                JobReader.read(reader),
                FilesystemReader.read(reader, machine, data),
                MetricsReader.read(reader, http),
                LogReader.read(reader));
        problems.requireNone();
        return settings;
    }

    private static Path directory(String text, Machine machine) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("accepted is the path of a directory");
        }
        return machine.path(text.strip());
    }
}
