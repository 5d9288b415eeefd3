package dev.headway.limiter.resilience;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One limiter's keys as this server alone has seen them, in a store of its own. Safe to share between threads.
 *
 * <p>Two views of the same permits: under the limits themselves, and under this server's share of them, which decides when nobody else
 * can be asked. A share is the number of permits divided by that of the servers, rounded down, but at least one.
 */
final class StandIn {
    private final LimitSpace own;
    private final LimitSpace share;
    private final int servers;

    private StandIn(LimitSpace own, LimitSpace share, int servers) {
        this.own = own;
        this.share = share;
        this.servers = servers;
    }

    /** Makes one of a space that nobody else uses. */
    static StandIn of(LimitSpace own, int servers) {
        return new StandIn(own, servers == 1 ? own : own.withLimits(shareOf(own.limits(), servers)), servers);
    }

    StandIn withLimits(List<Limit> limits) {
        return of(own.withLimits(limits), servers);
    }

    void changeLimits(List<Limit> limits) {
        own.changeLimits(limits);
        if (share != own) {
            share.changeLimits(shareOf(limits, servers));
        }
    }

    void reset(Key key) {
        own.reset(key);
    }

    /** Takes permits under the limits themselves, if there is room. */
    Decision take(Key key, int permits) {
        return take(own, key, permits);
    }

    /** Answers as to {@link #take}. */
    Decision look(Key key, int permits) {
        return own.peek(key, permits);
    }

    /** Returns the keys under the limits themselves. */
    LimitSpace own() {
        return own;
    }

    /** Returns the keys under this server's share. */
    LimitSpace share() {
        return share;
    }

    /** Counts permits under the limits themselves as taken after so many nanoseconds, or so many more if there is no room sooner. */
    Decision takeAfter(long waitNanos, long delayNanos, Key key, int permits) {
        return waitNanos == 0 ? take(key, permits) : own.reserve(key, permits, waitNanos, waitNanos + delayNanos);
    }

    /** Reserves permits of this server's share, and answers as if it were all there is. */
    Decision reserveOfShare(Key key, int permits, long minWaitNanos, long maxWaitNanos) {
        return inTermsOfOwn(share.reserve(key, permits, minWaitNanos, maxWaitNanos), permits);
    }

    /** Takes permits of this server's share, and answers as if it were all there is. */
    Decision takeOfShare(Key key, int permits) {
        return inTermsOfOwn(take(share, key, permits), permits);
    }

    /** Answers as to {@link #takeOfShare}. */
    Decision lookAtShare(Key key, int permits) {
        return inTermsOfOwn(share.peek(key, permits), permits);
    }

    private static Decision take(LimitSpace space, Key key, int permits) {
        if (key instanceof Key.Text text) {
            return space.tryAcquire(text.text(), permits);
        }
        Key.Bits bits = (Key.Bits) key;
        return space.tryAcquire(bits.high(), bits.low(), permits);
    }

    /** Callers know their limiter by its limits, and not by the share that happens to hold. */
    Decision inTermsOfOwn(Decision decision, int permits) {
        if (share == own) {
            return decision;
        }
        List<Usage> usages = inTermsOfOwn(decision.usages());
        if (decision instanceof Decision.Allowed allowed) {
            return new Decision.Allowed(usages, allowed.receipt(), allowed.waitNanos());
        }
        if (decision instanceof Decision.Refused refused) {
            List<Limit> refusedBy = whoseShareIsIn(refused.refusedBy());
            return new Decision.Refused(usages, refused.retryAfterNanos(), refusedBy, refused.cause());
        }
        return tooManyForShare(usages, permits);
    }

    /** More than a share is possible again when the others can be asked, in a moment or so; more than a limit never is. */
    private Decision tooManyForShare(List<Usage> usages, int permits) {
        List<Limit> tooSmall =
                own.limits().stream().filter(limit -> limit.permits() < permits).toList();
        return tooSmall.isEmpty()
                ? new Decision.Refused(usages, LimitSpace.UNKNOWN, own.limits(), Decision.Cause.LIMIT)
                : new Decision.NeverPossible(usages, tooSmall);
    }

    private List<Usage> inTermsOfOwn(List<Usage> usages) {
        List<Limit> limits = own.limits();
        return IntStream.range(0, usages.size())
                .mapToObj(place -> inTermsOf(limits.get(place), usages.get(place)))
                .toList();
    }

    private static Usage inTermsOf(Limit limit, Usage usage) {
        return new Usage(limit, usage.remaining(), usage.nextPermitAfterNanos(), usage.resetAfterNanos());
    }

    private List<Limit> whoseShareIsIn(List<Limit> shares) {
        List<Limit> found = new ArrayList<>();
        for (Limit limit : own.limits()) {
            if (shares.contains(shareOf(limit, servers))) {
                found.add(limit);
            }
        }
        return found;
    }

    private static List<Limit> shareOf(List<Limit> limits, int servers) {
        return limits.stream().map(limit -> shareOf(limit, servers)).toList();
    }

    private static Limit shareOf(Limit limit, int servers) {
        return new Limit(Math.max(1, limit.permits() / servers), limit.multiple(), limit.unit());
    }
}
