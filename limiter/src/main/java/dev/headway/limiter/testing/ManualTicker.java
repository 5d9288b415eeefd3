package dev.headway.limiter.testing;

import dev.headway.limiter.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A ticker that stands still until it is moved by hand. Safe to share between threads. */
public final class ManualTicker implements Ticker {
    private final AtomicLong nanos;

    /** Makes a ticker that shows zero. */
    public ManualTicker() {
        this(0);
    }

    /** Makes a ticker that shows so many nanoseconds; any value is a good one. */
    public ManualTicker(long nanos) {
        this.nanos = new AtomicLong(nanos);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** Moves the ticker on, or back if the duration is negative. */
    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** Lets the ticker show so many nanoseconds, be it forward or back. */
    public void set(long newNanos) {
        nanos.set(newNanos);
    }
}
