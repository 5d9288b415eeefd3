package dev.headway.limiter;

/**
 * A source of nanoseconds that only ever means something by difference. Implementations are shared by many threads.
 *
 * <p>The origin is arbitrary, also negative or close to the ends of {@code long}; only differences are looked at, so overflow does
 * no harm. Limits stay exact if the ticker never runs backwards; if it does, keys are refused longer, never sooner admitted.
 */
@FunctionalInterface
public interface Ticker {
    /** Returns nanoseconds since some fixed moment. */
    long nanos();

    /** Returns the ticker of this Java machine, {@link System#nanoTime}. */
    static Ticker system() {
        return System::nanoTime;
    }
}
