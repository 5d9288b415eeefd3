package dev.headway.server.config;

import dev.headway.server.load.LoadSettings;
import java.time.Duration;
import java.util.Locale;

/** Reads what limits are lowered by; stateless. */
final class LoadReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private LoadReader() {}

    static LoadSettings read(SettingReader reader) {
        LoadSettings settings = new LoadSettings(
                reader.value(Variable.DYNAMIC_LIMIT_SOURCE, LoadReader::source),
                reader.wholeNumber(Variable.GPU_BUSY_PERCENT, 1, 99),
                reader.wholeNumber(Variable.QUEUE_BUSY_JOBS, 0, 1_000_000),
                reader.setting(Variable.DYNAMIC_LIMIT_COMMAND).text().strip(),
                interval(reader));
        if (settings.source() == LoadSettings.Source.COMMAND
                && settings.command().isEmpty()) {
            reader.problems()
                    .add(
                            reader.setting(Variable.DYNAMIC_LIMIT_SOURCE),
                            "there is no command; DYNAMIC_LIMIT_COMMAND must be set");
        }
        return settings;
    }

    private static Duration interval(SettingReader reader) {
        Duration interval = reader.seconds(Variable.DYNAMIC_LIMIT_INTERVAL);
        if (interval.compareTo(SHORTEST) < 0) {
            reader.problems()
                    .add(reader.setting(Variable.DYNAMIC_LIMIT_INTERVAL), "accepted are seconds, 0.1 to 86400");
            return SHORTEST;
        }
        return interval;
    }

    private static LoadSettings.Source source(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "gpu" -> LoadSettings.Source.GPU;
            case "queue" -> LoadSettings.Source.QUEUE;
            case "command" -> LoadSettings.Source.COMMAND;
            case "off" -> LoadSettings.Source.OFF;
            default -> throw new IllegalArgumentException("accepted are gpu, queue, command and off");
        };
    }
}
