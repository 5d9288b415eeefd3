package dev.headway.limiter;

/**
 * How a thread waits for the moment at which its permits are due. Implementations are shared by many threads.
 *
 * <p>Tests that move time by hand bring a sleeper that moves it, such as {@link dev.headway.limiter.testing.ManualTicker}.
 */
@FunctionalInterface
public interface Sleeper {
    /** Returns when so many nanoseconds have passed, not sooner; throws {@link InterruptedException} if the thread is interrupted meanwhile. */
    void sleep(long nanos) throws InterruptedException;

    /**
     * Returns the sleeper that parks the thread by the clock of this Java machine. It holds no monitor meanwhile, so a virtual thread
     * lets go of the thread that carries it.
     */
    static Sleeper system() {
        return new ParkingSleeper(Ticker.system());
    }
}
