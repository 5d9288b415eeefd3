package dev.headway.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.headway.server.text.Escaped;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Lines for people; safe to share between threads. Not a pattern, since no pattern keeps line breaks out of exceptions. */
public final class TextLayout extends LayoutBase<ILoggingEvent> {
    private final DateTimeFormatter time;
    private final boolean origin;

    private TextLayout(String time, boolean origin, ZoneId zone) {
        this.time = DateTimeFormatter.ofPattern(time, Locale.ROOT).withZone(zone);
        this.origin = origin;
    }

    /** Returns lines for whoever looks on: the time of day, level and message. */
    public static TextLayout brief(ZoneId zone) {
        return new TextLayout("HH:mm:ss", false, zone);
    }

    /** Returns lines for whoever reads later: the date, thread and logger too. */
    public static TextLayout full(ZoneId zone) {
        return new TextLayout("yyyy-MM-dd HH:mm:ss.SSS", true, zone);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(128);
        line.append(time.format(event.getInstant())).append(String.format(" %-5s ", event.getLevel()));
        if (origin) {
            line.append('[').append(event.getThreadName()).append("] ");
            line.append(simpleName(event.getLoggerName())).append(" - ");
        }
        line.append(Escaped.of(event.getFormattedMessage())).append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(Traces.of(event.getThrowableProxy()));
        }
        return line.toString();
    }

    private static String simpleName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
