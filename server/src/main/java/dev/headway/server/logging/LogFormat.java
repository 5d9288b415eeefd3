package dev.headway.server.logging;

/** The form of log lines ({@code LOG_FORMAT}); an immutable value. */
public enum LogFormat {
    /** Lines for people. */
    TEXT,
    /** One JSON object a line, for programs. */
    JSON
}
