package dev.headway.limiter.redis;

import dev.headway.limiter.Limit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sliding window in the plainest form that can be written, to check the script by: a list of ticks, counted anew for
 * every question. One thread uses it.
 */
final class NaiveLog {

    private static final long NANOS_PER_MICRO = 1_000;

    private final List<Limit> limits;
    private final Limit longest;
    private final long nanosPerTick;
    private final List<Long> stamps = new ArrayList<>();

    NaiveLog(List<Limit> limits, long tickMicros) {
        this.limits = limits;
        this.longest = limits.stream().max(Comparator.comparing(Limit::window)).orElseThrow();
        this.nanosPerTick = tickMicros * NANOS_PER_MICRO;
    }

    boolean tryAcquire(long nanos, int permits) {
        long now = floorTick(nanos);
        boolean allowed = limits.stream().allMatch(limit -> live(limit, now) + permits <= limit.permits());
        if (allowed) {
            long stamp = Math.max(ceilTick(nanos), newest(now));
            // A moment that was reached stays reached, also if the clock goes back by less than a tick.
            stamps.removeIf(old -> isDead(old, longest, reached(now)));
            for (int taken = 0; taken < permits; taken++) {
                stamps.add(stamp);
            }
        }
        return allowed;
    }

    /** How many permits a limit counts as taken. */
    long taken(Limit limit, long nanos) {
        return live(limit, floorTick(nanos));
    }

    /** Nanoseconds until a limit has room for so many permits, found by trying every tick at which one returns. */
    long waitNanos(Limit limit, long nanos, long permits) {
        long now = floorTick(nanos);
        if (live(limit, now) + permits <= limit.permits()) {
            return 0;
        }
        long when = stamps.stream()
                .map(stamp -> stamp + windowTicks(limit))
                .filter(tick -> tick > now && live(limit, tick) + permits <= limit.permits())
                .min(Long::compare)
                .orElseThrow();
        return (when - now) * nanosPerTick;
    }

    /** Whether the newest stamp is ahead of a time by more than a window. */
    boolean isClockBehind(long nanos) {
        return ticksAhead(nanos) > windowTicks(longest);
    }

    /** How many ticks of a time the newest stamp is ahead; negative when it is past. */
    long ticksAhead(long nanos) {
        return newest(floorTick(nanos)) - floorTick(nanos);
    }

    long windowTicks(Limit limit) {
        return -Math.floorDiv(-limit.window().toNanos(), nanosPerTick);
    }

    /** The stamp of the permits taken last. */
    long newest() {
        return stamps.get(stamps.size() - 1);
    }

    /** Gives permits of a stamp back, if they still count. */
    boolean refund(long stamp, int permits, long nanos) {
        boolean counts = !isDead(stamp, longest, reached(floorTick(nanos)))
                && stamps.stream().filter(other -> other == stamp).count() >= permits;
        for (int given = 0; counts && given < permits; given++) {
            stamps.remove(stamp);
        }
        return counts;
    }

    void forget() {
        stamps.clear();
    }

    private long live(Limit limit, long now) {
        return stamps.stream()
                .filter(stamp -> !isDead(stamp, limit, reached(now)))
                .count();
    }

    private boolean isDead(long stamp, Limit limit, long reached) {
        return reached - stamp >= windowTicks(limit);
    }

    private long reached(long now) {
        return Math.max(now, newest(now) - 1);
    }

    private long newest(long otherwise) {
        return stamps.isEmpty() ? otherwise : stamps.get(stamps.size() - 1);
    }

    private long floorTick(long nanos) {
        return Math.floorDiv(nanos, nanosPerTick);
    }

    private long ceilTick(long nanos) {
        return floorTick(nanos) + (Math.floorMod(nanos, nanosPerTick) == 0 ? 0 : 1);
    }
}
