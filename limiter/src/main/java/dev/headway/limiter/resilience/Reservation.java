package dev.headway.limiter.resilience;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.StoreUnavailableException;
import java.util.Optional;

/**
 * A request that may wait, for a key of a resilient store. Immutable; used by one thread.
 *
 * <p>The distant store gives the place, and this server counts the permits too, as taken when their time comes. Within a window after
 * requests were decided alone, the place is no sooner than this server's own count has room. While the store is away, the line is that of
 * this server's share.
 */
final class Reservation {
    private final ResilientSpace space;
    private final Care care;
    private final Key key;
    private final int permits;
    private final long leastNanos;
    private final long mostNanos;

    Reservation(ResilientSpace space, Key key, int permits, long leastNanos, long mostNanos) {
        this.space = space;
        this.care = space.care();
        this.key = key;
        this.permits = permits;
        this.leastNanos = leastNanos;
        this.mostNanos = mostNanos;
    }

    /** Asks whoever can be asked; throws {@link StoreUnavailableException} if nobody can. */
    Decision make() {
        Optional<Decision> own =
                space.isMerging() ? space.standIn().map(alone -> alone.look(key, permits)) : Optional.empty();
        return own.filter(this::isTooLate)
                .orElseGet(() -> makeAfter(own.map(Reservation::waitNanos).orElse(0L)));
    }

    private boolean isTooLate(Decision own) {
        return own instanceof Decision.NeverPossible || waitNanos(own) > mostNanos;
    }

    private static long waitNanos(Decision own) {
        return ResilientSpace.isRefusedByLimit(own) ? ((Decision.Refused) own).retryAfterNanos() : 0;
    }

    private Decision makeAfter(long ownWaitNanos) {
        if (!care.tryPass()) {
            return alone(care.reason());
        }
        long askedNanos = care.nanos();
        try {
            Decision decision = space.shared().reserve(key, permits, Math.max(leastNanos, ownWaitNanos), mostNanos);
            care.succeeded();
            return decision instanceof Decision.Allowed allowed ? count(allowed, askedNanos) : decision;
        } catch (StoreUnavailableException failure) {
            care.failed(failure);
            return alone(failure);
        }
    }

    /**
     * Counts what the distant store gave. Answers may overtake one another, so if the line here is longer already the permits are counted
     * behind it, up to a window later; but if requests were decided alone lately, what has no room at its time is given back.
     */
    private Decision count(Decision.Allowed allowed, long askedNanos) {
        boolean isMerging = space.isMerging();
        long waitNanos = Math.max(0, allowed.waitNanos() - (care.nanos() - askedNanos));
        long delayNanos = isMerging ? 0 : space.longestWindowNanos();
        Optional<Decision> own = space.standIn().map(alone -> alone.takeAfter(waitNanos, delayNanos, key, permits));
        if (isMerging && own.filter(ResilientSpace::isRefusedByLimit).isPresent()) {
            giveBack(allowed);
            return own.get();
        }
        return own.<Decision>map(counted -> CountedReceipt.join(allowed, counted))
                .orElse(allowed);
    }

    private void giveBack(Decision.Allowed allowed) {
        try {
            allowed.refund();
        } catch (StoreUnavailableException failure) {
            care.failed(failure); // the permits return by themselves
        }
    }

    private Decision alone(StoreUnavailableException reason) {
        StandIn alone = space.standIn().orElseThrow(() -> reason);
        Decision decision = alone.reserveOfShare(key, permits, leastNanos, mostNanos);
        care.countAlone(decision instanceof Decision.Allowed allowed ? allowed.waitNanos() : 0);
        return decision;
    }
}
