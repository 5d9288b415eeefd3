package dev.headway.limiter.store;

import dev.headway.limiter.algorithm.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The exact sliding window on packed logs: the same arithmetic as the pure step {@link
 * dev.headway.limiter.algorithm.SlidingWindow}, which is what it is tested against. Immutable; who changes a record holds the lock
 * of its segment.
 */
final class PackedSlidingWindow implements PackedAlgorithm {
    private final Windows windows;
    private final TickScale scale;
    private final LogLayout layout;
    private final long lifetimeTicks;

    PackedSlidingWindow(Windows windows, LogLayout layout) {
        this.windows = windows;
        this.scale = windows.scale();
        this.layout = layout;
        this.lifetimeTicks = layout.lifetimeTicks();
    }

    @Override
    public int mostPermits(int limit) {
        return windows.permits(limit);
    }

    @Override
    public long waitTicks(int[] words, int at, int limit, long nanos, int permits) {
        return PackedLog.waitTicks(
                words, at, windows.permits(limit), windows.ticks(limit), scale.floor(nanos), permits);
    }

    @Override
    public int newRecordWords(int permits) {
        return layout.recordWords(permits);
    }

    @Override
    public void start(int[] words, int at, long nanos, int permits) {
        PackedLog.start(words, at, scale.ceiling(nanos), permits);
    }

    @Override
    public int wordsToTake(int[] words, int at, long nanos, int permits) {
        int live = PackedLog.purge(words, at, lifetimeTicks, scale.floor(nanos), layout.mostPermits() - permits);
        if (PackedLog.recordWords(live + permits) <= Page.recordWords(words)) {
            return Page.recordWords(words);
        }
        PackedLog.unroll(words, at);
        return layout.recordWords(live + permits);
    }

    @Override
    public void take(int[] words, int at, long nanos, int permits) {
        long newest = Page.last(words, at);
        long stamp = Math.max(scale.ceiling(nanos), newest);
        if (scale.floor(nanos) - newest >= lifetimeTicks || permits == layout.mostPermits()) {
            PackedLog.start(words, at, stamp, permits);
        } else {
            PackedLog.add(words, at, stamp, permits);
        }
    }

    @Override
    public List<Taken> taken(int[] words, int at, int permits) {
        return List.of(new Taken(permits, Page.last(words, at), 0));
    }

    @Override
    public boolean giveBack(int[] words, int at, long nanos, List<Taken> taken) {
        Taken entries = taken.get(0);
        boolean matters = scale.floor(nanos) - entries.tick() < lifetimeTicks;
        return matters && PackedLog.remove(words, at, entries.tick(), entries.permits());
    }

    @Override
    public boolean isBlank(int[] words, int at) {
        return Page.last(words, at) == PackedLog.BLANK;
    }

    @Override
    public List<Duration> permitAges(int[] words, int at, long nanos) {
        int live = PackedLog.countLive(words, at, lifetimeTicks, scale.floor(nanos));
        List<Duration> ages = new ArrayList<>(live);
        for (int distance = 0; distance < live; distance++) {
            ages.add(Duration.ofNanos(ageNanos(PackedLog.stamp(words, at, distance), nanos)));
        }
        return ages;
    }

    private long ageNanos(long stamp, long nanos) {
        long age = nanos - scale.nanosAt(stamp);
        boolean isOnlyRounded = stamp == scale.ceiling(nanos);
        return isOnlyRounded ? Math.max(0, age) : age;
    }
}
