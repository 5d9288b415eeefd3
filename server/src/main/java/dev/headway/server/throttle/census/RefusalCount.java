package dev.headway.server.throttle.census;

import dev.headway.server.caller.Caller;

/**
 * How often somebody was refused; an immutable value.
 *
 * @param high the first half of the number by which it is counted
 * @param low the second half
 * @param caller one of its requests
 * @param atMost how often at most
 * @param atLeast how often at least
 */
public record RefusalCount(long high, long low, Caller caller, long atMost, long atLeast) {
    /** Returns the sum of two counts of one. */
    RefusalCount plus(RefusalCount other) {
        return new RefusalCount(high, low, caller, atMost + other.atMost, atLeast + other.atLeast);
    }

    /** Returns this with so many more that may have been. */
    RefusalCount plusAtMost(long more) {
        return new RefusalCount(high, low, caller, atMost + more, atLeast);
    }
}
