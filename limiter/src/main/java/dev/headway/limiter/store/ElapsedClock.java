package dev.headway.limiter.store;

import dev.headway.limiter.Ticker;

/** Nanoseconds since the store was made; so the ticker's origin does not matter, nor whether it overflows. Shared as its ticker is. */
final class ElapsedClock {
    private final Ticker ticker;
    private final long origin;

    ElapsedClock(Ticker ticker) {
        this.ticker = ticker;
        this.origin = ticker.nanos();
    }

    long nanos() {
        return ticker.nanos() - origin;
    }
}
