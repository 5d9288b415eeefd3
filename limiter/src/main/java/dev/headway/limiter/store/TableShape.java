package dev.headway.limiter.store;

/**
 * How a table begins and when it grows. Immutable.
 *
 * @param firstBits the binary logarithm of the number of segments at the beginning
 * @param segmentRecords how many records make a segment full; to move as many takes the time that a split stops its keys
 */
record TableShape(int firstBits, int segmentRecords) {
    /** Sixteen locks for a start; to move a full segment of 2048 records took about 0.3 ms, with a million keys on two virtual cores. */
    static final TableShape USUAL = new TableShape(4, 2048);
}
