package dev.headway.limiter.store;

/**
 * The exact sliding window on packed logs: the same arithmetic as the pure step {@link
 * dev.headway.limiter.algorithm.SlidingWindow}, which is what it is tested against. Immutable; who changes a record holds the lock
 * of its segment.
 */
final class PackedSlidingWindow implements PackedAlgorithm {
    /** The most permits that a window may hold: as many as the head and the count of a ring can tell in 16 bits each. */
    static final int MAX_PERMITS = 65_535;

    private final Windows windows;
    private final TickScale scale;
    private final RecordSizes sizes;

    PackedSlidingWindow(Windows windows) {
        windows.requireAtMost(MAX_PERMITS);
        this.windows = windows;
        this.scale = windows.scale();
        this.sizes = RecordSizes.upTo(PackedLog.recordWords(windows.mostLive()));
    }

    @Override
    public long lifetimeTicks() {
        return windows.longest();
    }

    @Override
    public long waitTicks(int[] words, int at, int limit, long nanos, int permits) {
        return PackedLog.waitTicks(
                words, at, windows.permits(limit), windows.ticks(limit), scale.floor(nanos), permits);
    }

    @Override
    public int newRecordWords(int permits) {
        return sizes.atLeast(PackedLog.recordWords(permits));
    }

    @Override
    public int mostRecordWords() {
        return sizes.largest();
    }

    @Override
    public void start(int[] words, int at, long nanos, int permits) {
        PackedLog.start(words, at, scale.ceiling(nanos), permits);
    }

    @Override
    public int wordsToTake(int[] words, int at, long nanos, int permits) {
        int live = PackedLog.purge(words, at, windows.longest(), scale.floor(nanos));
        int needed = PackedLog.recordWords(live + permits);
        if (needed <= Page.recordWords(words)) {
            return Page.recordWords(words);
        }
        PackedLog.unroll(words, at);
        return sizes.atLeast(needed);
    }

    @Override
    public void take(int[] words, int at, long nanos, int permits) {
        long newest = Page.last(words, at);
        long stamp = Math.max(scale.ceiling(nanos), newest);
        if (scale.floor(nanos) - newest >= windows.longest()) {
            PackedLog.start(words, at, stamp, permits);
        } else {
            PackedLog.add(words, at, stamp, permits);
        }
    }

    @Override
    public boolean isRefundable() {
        return true;
    }

    @Override
    public boolean giveBack(int[] words, int at, long nanos, long stamp, int permits) {
        boolean matters = scale.floor(nanos) - stamp < windows.longest();
        return matters && PackedLog.remove(words, at, stamp, permits);
    }

    @Override
    public boolean isBlank(int[] words, int at) {
        return Page.last(words, at) == PackedLog.BLANK;
    }
}
