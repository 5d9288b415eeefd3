package dev.headway.server.throttle;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Usage;
import dev.headway.server.throttle.answer.LimitStanding;
import dev.headway.server.throttle.answer.PolicyNames;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.answer.Rulings;
import dev.headway.server.throttle.rules.BodyLength;
import dev.headway.server.throttle.rules.Weight;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A limiter with the words for its decisions; safe to share between threads, and never blocks. */
final class Counter {
    private final RateLimiter limiter;
    private final PolicyNames names;
    private final Rulings rulings;
    private final Weight weight;
    private final int possible;

    /**
     * Makes a counter.
     *
     * @param limiter decides
     * @param names the names of its limits
     * @param rulings tells clients of its decisions
     * @param weight how many permits a request takes
     * @param possible the most permits that a request can ever have, which is what it takes if it weighs more
     */
    Counter(RateLimiter limiter, PolicyNames names, Rulings rulings, Weight weight, int possible) {
        this.limiter = limiter;
        this.names = names;
        this.rulings = rulings;
        this.weight = weight;
        this.possible = possible;
    }

    /** Returns how many permits a request takes. */
    int permits(BodyLength body) {
        return weight.of(body, possible);
    }

    /** Counts one request that takes so many permits, or refuses it. */
    Ruling count(long high, long low, int permits) {
        return ruling(limiter.tryAcquire(high, low, permits));
    }

    /** Counts one request, or tells by true that it would be refused. */
    boolean refuses(long high, long low, int permits) {
        return limiter.tryAcquireNanos(high, low, permits) > 0;
    }

    /** Answers as {@link #count} would to a request of one permit, and counts nothing. */
    Ruling look(long high, long low) {
        return ruling(limiter.peek(Key.of(high, low), 1));
    }

    /** Counts one request that takes so many permits, or refuses it, when a store elsewhere has answered. */
    CompletionStage<Ruling> countLater(long high, long low, int permits) {
        return limiter.tryAcquireAsync(Key.of(high, low), permits).thenApply(this::ruling);
    }

    /** Answers as {@link #countLater} would, and counts nothing. */
    CompletionStage<Ruling> lookLater(long high, long low) {
        return limiter.peekAsync(Key.of(high, low), 1).thenApply(this::ruling);
    }

    /** Forgets what was counted. */
    void reset(long high, long low) {
        limiter.reset(Key.of(high, low));
    }

    /** Returns how it decides, for explanations. */
    RateLimiter limiter() {
        return limiter;
    }

    /** Returns the names of its limits. */
    PolicyNames names() {
        return names;
    }

    /** Returns how many permits requests take. */
    Weight weight() {
        return weight;
    }

    /** Returns how each limit stands. */
    List<LimitStanding> standings(String endpoint, long high, long low) {
        return limiter.peek(Key.of(high, low), 1).usages().stream()
                .map(usage -> LimitStanding.of(endpoint, names, usage))
                .toList();
    }

    private Ruling ruling(Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            return rulings.of(allowed);
        }
        if (decision instanceof Decision.Refused refused) {
            return rulings.of(refused);
        }
        if (decision instanceof Decision.StoreUnknown unknown) {
            return unknown.allowed() ? Ruling.UNLIMITED : rulings.of(inAMoment());
        }
        throw new IllegalStateException("one permit can never be had: " + decision);
    }

    /** What the operator chose for the time in which nobody can say how limits stand: as if nothing were left. */
    private Decision.Refused inAMoment() {
        List<Usage> usages = limiter.limits().stream()
                .map(limit -> new Usage(limit, 0, LimitSpace.UNKNOWN, LimitSpace.UNKNOWN))
                .toList();
        return new Decision.Refused(usages, LimitSpace.UNKNOWN, limiter.limits(), Decision.Cause.LIMIT);
    }
}
