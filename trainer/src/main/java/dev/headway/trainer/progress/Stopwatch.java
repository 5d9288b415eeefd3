package dev.headway.trainer.progress;

/** Seconds since it was made. Immutable; threads may share it as far as they may its ticker. */
public final class Stopwatch {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Ticker ticker;
    private final long start;

    /** Starts. */
    public Stopwatch(Ticker ticker) {
        this.ticker = ticker;
        this.start = ticker.nanoseconds();
    }

    /** Returns the seconds passed. */
    public double seconds() {
        return (ticker.nanoseconds() - start) / NANOS_PER_SECOND;
    }
}
