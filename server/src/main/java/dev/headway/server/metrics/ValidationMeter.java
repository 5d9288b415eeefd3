package dev.headway.server.metrics;

import java.time.Duration;

/** Is told of every model that was measured; safe to share between threads. */
@FunctionalInterface
public interface ValidationMeter {
    /** The meter that takes no notice. */
    ValidationMeter NONE = (end, time) -> {};

    /** How measuring a model ends. */
    enum End {
        /** With numbers. */
        COMPLETED,
        /** With a reason why there are none. */
        FAILED,
        /** It took longer than it may. */
        TIMED_OUT,
        /** Nobody waited for it any more: the client had gone, or the server was stopped. */
        GIVEN_UP
    }

    /** Takes note of an end, and of how long it took until then. */
    void ended(End end, Duration time);
}
