package dev.headway.limiter.algorithm;

/**
 * A limit as the steps see it. Immutable.
 *
 * @param permits how many permits a window holds, at least 1
 * @param ticks how many ticks the window lasts, at least 1
 */
public record Window(int permits, long ticks) {
    /** Returns after how many ticks, rounded up, so many permits have been paid back evenly. */
    long ticksToPay(int paid) {
        return (paid * ticks + permits - 1) / permits;
    }
}
