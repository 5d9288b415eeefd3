package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import dev.headway.limiter.LimitSpace;

/**
 * One key of a space, hashed once. Safe to share between threads.
 *
 * <p>A refusal stays true until its wait ends, if nothing is written to the segment of the key and the limits stay as they are. So the
 * last refusal is remembered with the number of the segment's version, and as long as that number is the same, all that is asked is the
 * clock: a key that a flood of threads is refused for costs each of them a look at two lines of memory that nobody writes. It is
 * remembered only when the number was met twice, so that in a segment where others are let in no refusal makes an object. After an
 * admission another one is expected, and the look without the lock left out.
 */
final class KnownKey implements LimitSpace.OneKey {
    private final MemorySpace space;
    private final Keyspace keys;
    private final Identity identity;
    private long lastReading = 1; // odd: no version that was ever read to the end
    private boolean wasAdmitted;
    private Refusal refusal;

    KnownKey(MemorySpace space, Identity identity) {
        this.space = space;
        this.keys = space.keys();
        this.identity = identity;
        this.refusal = new Refusal(space.rules(), keys.segment(identity.place()), 1, 0, 0, 0);
    }

    /**
     * An answer that was right when it was given. Immutable.
     *
     * @param rules by which rules
     * @param segment what was read
     * @param reading the version that was read
     * @param permits how many permits were asked for
     * @param givenNanos when
     * @param untilNanos when the request fits
     */
    private record Refusal(
            LimitRules rules, Segment segment, long reading, int permits, long givenNanos, long untilNanos) {
        boolean holds(LimitRules now, int asked, long nanos) {
            return asked == permits
                    && now == rules
                    && nanos >= givenNanos
                    && nanos < untilNanos
                    && segment.sawNoChange(reading);
        }
    }

    @Override
    public Decision tryAcquire(int permits) {
        return space.acquire(identity.high(), identity.low(), permits);
    }

    @Override
    public long tryAcquireNanos(int permits) {
        long nanos = keys.nanos();
        Refusal last = refusal;
        if (last.holds(space.rules(), permits, nanos)) {
            return last.untilNanos() - nanos;
        }
        return wasAdmitted ? settle(nanos, permits) : ask(nanos, permits);
    }

    private long settle(long nanos, int permits) {
        long wait = space.settleNanos(identity.high(), identity.low(), nanos, permits);
        wasAdmitted = wait == Keyspace.TAKEN;
        return wait;
    }

    private long ask(long nanos, int permits) {
        Segment segment = keys.segment(identity.place());
        long reading = segment.beginReading();
        LimitRules rules = space.rules();
        long wait = keys.readWait(segment, rules, identity.high(), identity.low(), nanos, permits);
        if (wait == Keyspace.UNSETTLED || !segment.sawNoChange(reading)) {
            return settle(nanos, permits);
        }
        if (reading == lastReading) {
            refusal = new Refusal(rules, segment, reading, permits, nanos, nanos + wait);
        }
        lastReading = reading;
        return wait;
    }
}
