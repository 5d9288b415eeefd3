package dev.headway.limiter.resilience;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Usage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The keys that a distant store has refused lately, so that it need not be asked again while the answer is known. Safe to share between
 * threads.
 *
 * <p><b>The answer is known</b> because only time frees permits: a key that was refused so many permits is refused as many, or more, until
 * the first of its permits returns. Other servers can but take more. An operator who resets the key, or a refund, can free it sooner:
 * that is why nothing is remembered for longer than a second. The time counts from before the question was sent, so it is never
 * over too late.
 *
 * <p><b>Bounded:</b> every key has one place, which it shares with others; the last one refused holds it. Who loses its place is asked about
 * again, and that is all the harm.
 */
final class RefusalMemory {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicReferenceArray<Remembered> places;

    /** A refusal by a limiter's view, of which nothing changes for so many nanoseconds after the question. */
    private record Remembered(
            Object keys,
            Key key,
            List<Limit> limits,
            int permits,
            Decision.Refused refused,
            long askedNanos,
            long lifeNanos) {
        boolean answers(Object otherKeys, Key otherKey, List<Limit> otherLimits, int otherPermits) {
            return otherPermits >= permits && otherKeys == keys && otherKey.equals(key) && otherLimits.equals(limits);
        }
    }

    /** Makes a memory with so many places, or none. */
    RefusalMemory(int places) {
        this.places = new AtomicReferenceArray<>(places);
    }

    /** Finds what a request is answered under these limits, if that is known. */
    Optional<Decision> find(Object keys, Key key, List<Limit> limits, int permits, long nowNanos) {
        if (places.length() == 0) {
            return Optional.empty();
        }
        Remembered remembered = places.get(place(keys, key));
        if (remembered == null || !remembered.answers(keys, key, limits, permits)) {
            return Optional.empty();
        }
        long elapsed = nowNanos - remembered.askedNanos();
        return elapsed >= 0 && elapsed < remembered.lifeNanos()
                ? Optional.of(aged(remembered.refused(), elapsed))
                : Optional.empty();
    }

    /** Notes the answer to a question that was sent at the time. */
    void remember(Object keys, Key key, List<Limit> limits, int permits, Decision.Refused refused, long askedNanos) {
        if (places.length() > 0 && refused.cause() == Decision.Cause.LIMIT) {
            places.set(
                    place(keys, key),
                    new Remembered(keys, key, limits, permits, refused, askedNanos, lifeNanos(refused)));
        }
    }

    /** Forgets a key, under whatever limits it was refused. */
    void forget(Object keys, Key key) {
        if (places.length() > 0) {
            places.set(place(keys, key), null);
        }
    }

    private int place(Object keys, Key key) {
        int hash = (31 * System.identityHashCode(keys) + key.hashCode()) * 0x9E3779B9;
        return Math.floorMod(hash ^ (hash >>> 16), places.length());
    }

    /** Until a permit of any limit returns; then the usages would be other ones, even if the request is refused still. */
    private static long lifeNanos(Decision.Refused refused) {
        long life = Math.min(LONGEST_NANOS, refused.retryAfterNanos());
        for (Usage usage : refused.usages()) {
            life = usage.nextPermitAfterNanos() > 0 ? Math.min(life, usage.nextPermitAfterNanos()) : life;
        }
        return life;
    }

    private static Decision aged(Decision.Refused refused, long elapsed) {
        return new Decision.Refused(
                aged(refused.usages(), elapsed),
                refused.retryAfterNanos() - elapsed,
                refused.refusedBy(),
                refused.cause());
    }

    /** Most limiters have one limit, and in a flood this is all that is done. */
    private static List<Usage> aged(List<Usage> usages, long elapsed) {
        return usages.size() == 1
                ? List.of(aged(usages.get(0), elapsed))
                : usages.stream().map(usage -> aged(usage, elapsed)).toList();
    }

    private static Usage aged(Usage usage, long elapsed) {
        return new Usage(
                usage.limit(),
                usage.remaining(),
                Math.max(0, usage.nextPermitAfterNanos() - elapsed),
                Math.max(0, usage.resetAfterNanos() - elapsed));
    }
}
