package dev.headway.server.load;

/**
 * The levels at which something begins and ceases to be busy; an immutable value.
 *
 * @param above the level above which it is busy
 * @param back the level at which, or below which, it is no more
 */
record Band(int above, int back) {
    private static final int POINTS = 10;

    /** Returns the band of a percentage: ten points wide. */
    static Band ofPercent(int above) {
        return new Band(above, Math.max(0, above - POINTS));
    }

    /** Returns the band of a count: a fifth of it wide. */
    static Band ofCount(int above) {
        return new Band(above, above / 5 * 4 + above % 5 * 4 / 5);
    }
}
