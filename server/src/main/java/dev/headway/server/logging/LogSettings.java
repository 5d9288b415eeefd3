package dev.headway.server.logging;

import org.slf4j.event.Level;

/**
 * How the server logs; an immutable value.
 *
 * @param format the form of lines
 * @param level the least level of our own lines; libraries log from WARN on
 * @param clients how much of a client lines show
 */
public record LogSettings(LogFormat format, Level level, Disclosure clients) {
    /** Lines for people, from INFO on. */
    public static final LogSettings DEFAULT = new LogSettings(LogFormat.TEXT, Level.INFO, Disclosure.FULL);
}
