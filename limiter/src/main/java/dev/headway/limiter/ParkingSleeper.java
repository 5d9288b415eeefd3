package dev.headway.limiter;

import java.util.concurrent.locks.LockSupport;

/** A sleeper that parks until a ticker shows that the time has passed, however often it is woken before. Shared as its ticker is. */
final class ParkingSleeper implements Sleeper {
    private final Ticker ticker;

    ParkingSleeper(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        long start = ticker.nanos();
        for (long left = nanos; left > 0; left = nanos - (ticker.nanos() - start)) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted with " + left + " ns of " + nanos + " ns left to wait");
            }
        }
    }
}
