package dev.headway.server.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.headway.server.text.Escaped;
import java.util.Optional;

/** Writes out what was thrown, with its causes; the messages in it cannot begin a line. Stateless. */
final class Traces {
    private static final String INDENT = "\tat ";

    private Traces() {}

    /** Returns one line for each exception and each frame, every one ended by a line feed. */
    static String of(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder(1024);
        append(text, "", thrown);
        return text.toString();
    }

    /** Returns class and message in one line. */
    static String head(IThrowableProxy thrown) {
        String message = Optional.ofNullable(thrown.getMessage())
                .map(said -> ": " + said)
                .orElse("");
        return Escaped.of(thrown.getClassName() + message);
    }

    private static void append(StringBuilder text, String relation, IThrowableProxy thrown) {
        text.append(relation).append(head(thrown)).append('\n');
        int frames = thrown.getStackTraceElementProxyArray().length - thrown.getCommonFrames();
        for (int index = 0; index < frames; index++) {
            text.append(INDENT)
                    .append(thrown.getStackTraceElementProxyArray()[index].getStackTraceElement())
                    .append('\n');
        }
        if (thrown.getCommonFrames() > 0) {
            text.append("\t... ").append(thrown.getCommonFrames()).append(" more\n");
        }
        for (IThrowableProxy suppressed : thrown.getSuppressed()) {
            append(text, "Suppressed: ", suppressed);
        }
        if (thrown.getCause() != null && !thrown.isCyclic()) {
            append(text, "Caused by: ", thrown.getCause());
        }
    }
}
