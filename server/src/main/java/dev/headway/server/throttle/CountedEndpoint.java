package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An endpoint whose requests are counted; safe to share between threads, and never blocks.
 *
 * <p>Whose requests are counted together is one thing ({@link CountedBy}), how many of them are admitted another: the
 * counters of the tiers are views of the same windows, so that a user who changes tier keeps what is used.
 */
final class CountedEndpoint implements EndpointLimit {
    private final String endpoint;
    private final Doorman doorman;
    private final CountedBy countedBy;
    private final CounterByLoad everybody;
    private final Map<Tier, CounterByLoad> tiers;
    private final RefusalCensus census;
    private final boolean immediate;

    CountedEndpoint(
            String endpoint,
            Doorman doorman,
            CountedBy countedBy,
            CounterByLoad everybody,
            Map<Tier, CounterByLoad> tiers,
            RefusalCensus census,
            boolean immediate) {
        this.endpoint = endpoint;
        this.doorman = doorman;
        this.countedBy = countedBy;
        this.everybody = everybody;
        this.tiers = tiers;
        this.census = census;
        this.immediate = immediate;
    }

    @Override
    public boolean isImmediate() {
        return immediate;
    }

    @Override
    public Ruling decide(Caller caller) {
        Optional<Ruling> early = doorman.decide(caller);
        return noted(caller, early.isPresent() ? early.get() : count(caller));
    }

    @Override
    public CompletionStage<Ruling> decideLater(Caller caller) {
        return doorman.decideLater(caller)
                .thenCompose(early -> early.isPresent()
                        ? CompletableFuture.completedFuture(early.get())
                        : counter(caller).countLater(countedBy.high(caller), countedBy.low(caller)))
                .thenApply(ruling -> noted(caller, ruling));
    }

    private Ruling noted(Caller caller, Ruling ruling) {
        if (ruling instanceof Ruling.Refused) {
            census.count(countedBy.high(caller), countedBy.low(caller), caller);
        }
        return ruling;
    }

    /** Returns how the limits that hold for a caller stand. */
    List<LimitStanding> standings(Caller caller) {
        return counter(caller).standings(endpoint, countedBy.high(caller), countedBy.low(caller));
    }

    /** Forgets what was counted for a caller. */
    void reset(Caller caller) {
        everybody.reset(countedBy.high(caller), countedBy.low(caller));
    }

    private Ruling count(Caller caller) {
        return counter(caller).count(countedBy.high(caller), countedBy.low(caller));
    }

    private Counter counter(Caller caller) {
        if (tiers.isEmpty()
                || !(caller.identity() instanceof User user)
                || user.tier().isEmpty()) {
            return everybody.now();
        }
        return tiers.getOrDefault(user.tier().get(), everybody).now();
    }
}
