package dev.headway.limiter.store;

import dev.headway.limiter.Limit;
import java.time.Duration;
import java.util.List;

/**
 * Records that remember every permit. Immutable.
 *
 * <p>A log tells the same to any limit, so limits may change, or be different for different callers, on one and the same log. It only
 * has to reach back far enough: as long as the longest window of all limits that there ever were, and as many permits as the largest of
 * them could look back on. Therefore a limit that is lowered and raised again finds all that it would have known otherwise.
 */
final class LogLayout implements Layout {
    /** The most permits that a window may hold: as many as the head and the count of a ring can tell in 16 bits each. */
    static final int MAX_PERMITS = 65_535;

    private final Duration retention;
    private final int mostPermits;
    private final TickScale scale;
    private final RecordSizes sizes;

    private LogLayout(Duration retention, int mostPermits) {
        this.retention = retention;
        this.mostPermits = mostPermits;
        this.scale = TickScale.forWindow(retention);
        this.sizes = RecordSizes.upTo(PackedLog.recordWords(mostPermits));
    }

    /** Throws {@link IllegalArgumentException} if the limits have too many permits to remember each. */
    static LogLayout of(List<Limit> limits) {
        Windows.requireAtMost(MAX_PERMITS, limits);
        return new LogLayout(Windows.longest(limits), Windows.mostLive(limits));
    }

    @Override
    public Layout with(List<Limit> limits) {
        LogLayout alone = of(limits);
        boolean reachesBack = alone.retention.compareTo(retention) <= 0;
        if (reachesBack && alone.mostPermits <= mostPermits) {
            return this;
        }
        return new LogLayout(reachesBack ? retention : alone.retention, Math.max(mostPermits, alone.mostPermits));
    }

    @Override
    public void requireShareable(List<Limit> limits) {
        // a log tells the same to any limit
    }

    @Override
    public boolean takesReceiptsOf(Layout earlier) {
        return true; // stamps stay stamps
    }

    @Override
    public PackedAlgorithm algorithm(List<Limit> limits) {
        return new PackedSlidingWindow(new Windows(limits, scale), this);
    }

    @Override
    public TickScale scale() {
        return scale;
    }

    @Override
    public long lifetimeTicks() {
        return scale.windowTicks(retention);
    }

    @Override
    public int mostRecordWords() {
        return sizes.largest();
    }

    /** Returns how many permits of a key are remembered at most. */
    int mostPermits() {
        return mostPermits;
    }

    /** Returns the words of a record for so many permits. */
    int recordWords(int permits) {
        return sizes.atLeast(PackedLog.recordWords(permits));
    }

    @Override
    public void adopt(Layout earlier, int[] page, int at, Segment into) {
        int kept = Math.min(PackedLog.size(page, at), mostPermits);
        long[] stamps = new long[kept];
        for (int i = 0; i < kept; i++) {
            stamps[i] = scale.tick(PackedLog.stamp(page, at, kept - 1 - i), earlier.scale());
        }
        int reference = into.insert(Page.keyHigh(page, at), Page.keyLow(page, at), recordWords(kept), stamps[kept - 1]);
        PackedLog.rewrite(into.page(reference), Segment.offset(reference), stamps);
    }
}
