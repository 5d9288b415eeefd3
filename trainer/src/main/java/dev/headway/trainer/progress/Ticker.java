package dev.headway.trainer.progress;

/** A source of time that only goes forward, to measure how long things take. */
@FunctionalInterface
public interface Ticker {
    /** Returns nanoseconds since some moment in the past. */
    long nanoseconds();
}
