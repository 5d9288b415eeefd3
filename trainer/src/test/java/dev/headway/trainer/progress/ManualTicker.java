package dev.headway.trainer.progress;

import java.time.Duration;

/** A ticker that stands still until a test moves it. For one thread. */
public final class ManualTicker implements Ticker {
    private long nanoseconds;

    /** Lets time pass. */
    public void advance(Duration time) {
        nanoseconds += time.toNanos();
    }

    @Override
    public long nanoseconds() {
        return nanoseconds;
    }
}
