package dev.headway.server.config;

import dev.headway.server.logging.Disclosure;
import dev.headway.server.logging.LogFormat;
import dev.headway.server.logging.LogSettings;
import java.util.Locale;
import org.slf4j.event.Level;

/** Reads how the server logs; stateless. */
final class LogReader {
    private LogReader() {}

    static LogSettings read(SettingReader reader) {
        return new LogSettings(
                reader.value(Variable.LOG_FORMAT, LogReader::format),
                reader.value(Variable.LOG_LEVEL, LogReader::level),
                reader.value(Variable.LOG_CLIENT_ADDRESS, LogReader::disclosure));
    }

    private static LogFormat format(String text) {
        return switch (word(text)) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw new IllegalArgumentException("accepted are text and json");
        };
    }

    private static Level level(String text) {
        return switch (word(text)) {
            case "error" -> Level.ERROR;
            case "warn", "warning" -> Level.WARN;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            default -> throw new IllegalArgumentException("accepted are error, warn, info and debug");
        };
    }

    private static Disclosure disclosure(String text) {
        return switch (word(text)) {
            case "full" -> Disclosure.FULL;
            case "short" -> Disclosure.SHORT;
            case "hash" -> Disclosure.HASH;
            case "none" -> Disclosure.NONE;
            default -> throw new IllegalArgumentException("accepted are full, short, hash and none");
        };
    }

    private static String word(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
