package dev.headway.limiter.algorithm;

/**
 * An instant as seen through a clock that counts ticks: it lies at or after {@code floor} and at or before {@code ceiling}.
 * Immutable.
 *
 * <p>What has been taken is dated by the ceiling and what may be forgotten is judged by the floor, so that rounding can only make
 * a permit return later, by less than two ticks, and never sooner.
 *
 * @param floor the last tick that is not after the instant
 * @param ceiling the first tick that is not before the instant
 */
public record Moment(long floor, long ceiling) {
    /** Returns the tick that dates what is taken now: the ceiling, or the newest tick if the clock ran backwards since; by difference, as clocks may overflow. */
    long stampNotBefore(long newest) {
        return newest - ceiling > 0 ? newest : ceiling;
    }

    /** Returns the floor, or the newest tick if the clock ran backwards since; by difference, as clocks may overflow. */
    long floorNotBefore(long newest) {
        return newest - floor > 0 ? newest : floor;
    }

    /** Returns the moment that is exactly this tick. */
    public static Moment at(long tick) {
        return new Moment(tick, tick);
    }
}
