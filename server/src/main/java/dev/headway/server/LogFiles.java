package dev.headway.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.headway.server.logging.JsonLayout;
import dev.headway.server.logging.LogFormat;
import dev.headway.server.logging.LogSettings;
import dev.headway.server.logging.TextLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import org.slf4j.LoggerFactory;

/**
 * Sets up where log lines go; for {@link Main} alone.
 *
 * <p>In code rather than in a file, because reading the file takes a tenth of the time that a start may take.
 */
final class LogFiles {
    private static final String NAME = "training_server.log";
    private static final int KEPT = 5;
    private static final long MAX_BYTES = 10L << 20;

    private LogFiles() {}

    /** Has lines go to the console, and nowhere else: ours from a level on, those of libraries from WARN on. */
    static void toConsole(LogSettings settings, ZoneId zone) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        start(context, new ConsoleAppender<>(), layout(settings, TextLayout.brief(zone)));
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("dev.headway").setLevel(Level.convertAnSLF4JLevel(settings.level()));
        // While stopping, it reports each connection that came too late, with a stack trace.
        context.getLogger("io.netty.bootstrap").setLevel(Level.ERROR);
    }

    /** Has them go to a file among the logs too, six of ten megabytes at most. */
    static void alsoTo(Path logs, LogSettings settings, ZoneId zone) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setFile(logs.resolve(NAME).toString());
        file.setRollingPolicy(window(context, file, logs));
        file.setTriggeringPolicy(size(context));
        start(context, file, layout(settings, TextLayout.full(zone)));
    }

    private static Layout<ILoggingEvent> layout(LogSettings settings, TextLayout text) {
        return settings.format() == LogFormat.JSON ? new JsonLayout() : text;
    }

    private static void start(
            LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, Layout<ILoggingEvent> layout) {
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
    }

    private static FixedWindowRollingPolicy window(
            LoggerContext context, RollingFileAppender<ILoggingEvent> file, Path logs) {
        FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(file);
        policy.setFileNamePattern(logs.resolve(NAME) + ".%i");
        policy.setMinIndex(1);
        policy.setMaxIndex(KEPT);
        policy.start();
        return policy;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> size(LoggerContext context) {
        SizeBasedTriggeringPolicy<ILoggingEvent> policy = new SizeBasedTriggeringPolicy<>();
        policy.setContext(context);
        policy.setMaxFileSize(new FileSize(MAX_BYTES));
        policy.start();
        return policy;
    }
}
