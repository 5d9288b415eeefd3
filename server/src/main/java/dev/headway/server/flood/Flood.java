package dev.headway.server.flood;

import dev.headway.server.caller.Caller;
import java.util.concurrent.atomic.LongAdder;

/**
 * The refusals of one client since it was last left in peace; any number of threads count, and one that looks after floods
 * does everything else.
 */
final class Flood {
    private final long high;
    private final long low;
    private final Caller caller;
    private final String endpoint;
    private final LongAdder refusals = new LongAdder();

    private long beganNanos;
    private long countedNanos;
    private long toldNanos;
    private long counted;
    private boolean noticed;
    private boolean told;

    Flood(long high, long low, Caller caller, String endpoint) {
        this.high = high;
        this.low = low;
        this.caller = caller;
        this.endpoint = endpoint;
    }

    boolean isOf(long otherHigh, long otherLow) {
        return low == otherLow && high == otherHigh;
    }

    boolean isSameClientAs(Flood other) {
        return isOf(other.high, other.low);
    }

    /** Returns the place in the table to be tried next. */
    int place(int tried) {
        return Floods.place(high, low, tried);
    }

    void count() {
        refusals.increment();
    }

    long refusals() {
        return refusals.sum();
    }

    Caller caller() {
        return caller;
    }

    /** Returns the endpoint that the first of them asked for. */
    String endpoint() {
        return endpoint;
    }

    /** Takes note of how many there are now, and returns whether this is the first time. */
    boolean notice(long nowNanos) {
        boolean first = !noticed;
        if (first) {
            noticed = true;
            beganNanos = nowNanos;
            toldNanos = nowNanos;
        }
        long now = refusals();
        if (first || now != counted) {
            counted = now;
            countedNanos = nowNanos;
        }
        return first;
    }

    long quietNanos(long nowNanos) {
        return nowNanos - countedNanos;
    }

    long untoldNanos(long nowNanos) {
        return nowNanos - toldNanos;
    }

    /** Returns from when to when there were refusals, as far as it was noticed. */
    long lengthNanos() {
        return countedNanos - beganNanos;
    }

    /** Takes note that the log has a line about this. */
    void tell(long nowNanos) {
        told = true;
        toldNanos = nowNanos;
    }

    boolean isTold() {
        return told;
    }
}
