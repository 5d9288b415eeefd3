package dev.headway.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
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

    /** Has lines go to the console: ours from INFO on, those of libraries from WARN on. */
    static void toConsole() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        start(context, console, "%d{HH:mm:ss} %-5level %msg%n");
    }

    /** Has them go to a file among the logs too, six of ten megabytes at most. */
    static void alsoTo(Path logs) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setFile(logs.resolve(NAME).toString());
        file.setRollingPolicy(window(context, file, logs));
        file.setTriggeringPolicy(size(context));
        start(context, file, "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{0} - %msg%n");
    }

    private static void start(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("dev.headway").setLevel(Level.INFO);
        // While stopping, it reports each connection that came too late, with a stack trace.
        context.getLogger("io.netty.bootstrap").setLevel(Level.ERROR);
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
