package dev.headway.limiter.testing;

import dev.headway.limiter.Sleeper;
import dev.headway.limiter.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ticker that stands still until it is moved by hand, or by a limiter whose sleeper it is: sleeping moves it on. Safe to share between
 * threads.
 */
public final class ManualTicker implements Ticker, Sleeper {
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

    /** Moves the ticker on by so many nanoseconds, instead of waiting; throws {@link InterruptedException} if the thread is interrupted. */
    @Override
    public void sleep(long sleepNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + sleepNanos + " ns were slept");
        }
        nanos.addAndGet(sleepNanos);
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
