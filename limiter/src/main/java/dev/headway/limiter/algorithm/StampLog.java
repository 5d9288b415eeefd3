package dev.headway.limiter.algorithm;

import java.util.Arrays;

/** The ticks at which permits of one key were taken, one per permit, oldest first. Immutable. */
public final class StampLog {
    private static final StampLog EMPTY = new StampLog(new long[0]);

    private final long[] stamps;

    private StampLog(long[] stamps) {
        this.stamps = stamps;
    }

    /** Returns the log of a key of which nothing is known. */
    public static StampLog empty() {
        return EMPTY;
    }

    /** Returns the log of these stamps; the caller gives them in ascending order. */
    public static StampLog of(long... stamps) {
        return new StampLog(stamps.clone());
    }

    /** Returns how many permits are in the log. */
    public int size() {
        return stamps.length;
    }

    /** Returns the stamp at the index; 0 is the oldest. */
    public long stamp(int index) {
        return stamps[index];
    }

    /** Returns the newest stamp, or the given one if the log is empty. */
    public long newestOr(long otherwise) {
        return stamps.length == 0 ? otherwise : stamps[stamps.length - 1];
    }

    /** Returns how many permits were taken less than so many ticks before the tick; their stamps are the last ones. */
    public int countYoungerThan(long ticks, long now) {
        int dead = 0;
        while (dead < stamps.length && now - stamps[dead] >= ticks) {
            dead++;
        }
        return stamps.length - dead;
    }

    /** Returns the log of the newest so many permits. */
    public StampLog newest(int count) {
        return count == stamps.length
                ? this
                : new StampLog(Arrays.copyOfRange(stamps, stamps.length - count, stamps.length));
    }

    /** Returns this log followed by so many permits with a stamp that is not older than its newest. */
    public StampLog with(long stamp, int permits) {
        long[] longer = Arrays.copyOf(stamps, stamps.length + permits);
        Arrays.fill(longer, stamps.length, longer.length, stamp);
        return new StampLog(longer);
    }

    /**
     * Returns this log without so many permits of the stamp, or this very log if it has not that many. Permits of one tick are
     * interchangeable, so a refund that names the tick gives back the very permits that were taken. To give back the newest or the
     * oldest ones instead would be wrong: either a later permit that was used is forgotten, or a permit that was not used is kept.
     */
    public StampLog without(long stamp, int permits) {
        int first = 0;
        while (first < stamps.length && stamps[first] != stamp) {
            first++;
        }
        int after = first + permits;
        if (after > stamps.length || stamps[after - 1] != stamp) {
            return this;
        }
        long[] shorter = new long[stamps.length - permits];
        System.arraycopy(stamps, 0, shorter, 0, first);
        System.arraycopy(stamps, after, shorter, first, stamps.length - after);
        return new StampLog(shorter);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StampLog log && Arrays.equals(stamps, log.stamps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(stamps);
    }

    @Override
    public String toString() {
        return Arrays.toString(stamps);
    }
}
