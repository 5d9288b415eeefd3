package dev.headway.server.throttle.answer;

/** Takes the header fields of an answer; used by one thread at a time. */
@FunctionalInterface
public interface FieldSink {
    /** Sets a field. */
    void set(RateField field, String value);
}
