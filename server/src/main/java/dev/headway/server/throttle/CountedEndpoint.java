package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.throttle.answer.LimitStanding;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.census.RefusalCensus;
import dev.headway.server.throttle.rules.BodyLength;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RulesNotKept;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An endpoint whose requests are counted; safe to share between threads, and never blocks.
 *
 * <p>Whose requests are counted together is one thing ({@link CountedBy}), how many of them are admitted another: that is for the
 * rules of the policy to say, and they may be exchanged at any time. A request is decided by the rules of one moment.
 */
final class CountedEndpoint implements EndpointLimit {
    private final Holdings holdings;
    private final Doorman doorman;
    private final CountedBy countedBy;
    private final RefusalCensus census;
    private final boolean immediate;
    private final Trial trial = new Trial();
    private volatile RuleTable table;

    /**
     * Begins with a policy.
     *
     * @param holdings makes of rules what holds at this endpoint
     * @param doorman decides about callers first
     * @param countedBy whose requests are counted together
     * @param census is told of refusals
     * @param immediate whether requests are counted in memory
     * @param table what the policy of this moment says
     */
    CountedEndpoint(
            Holdings holdings,
            Doorman doorman,
            CountedBy countedBy,
            RefusalCensus census,
            boolean immediate,
            RuleTable table) {
        this.holdings = holdings;
        this.doorman = doorman;
        this.countedBy = countedBy;
        this.census = census;
        this.immediate = immediate;
        this.table = table;
    }

    /** Returns verb and route template. */
    String endpoint() {
        return holdings.endpoint();
    }

    /** Returns how the rules that are only tried here would have decided. */
    EndpointTrial trial() {
        return new EndpointTrial(holdings.endpoint(), holdings.limitClass(), trial);
    }

    @Override
    public boolean isImmediate() {
        return immediate;
    }

    /**
     * Makes the table of this endpoint for a policy, which does not hold yet.
     *
     * @throws RulesNotKept with all rules whose limits the store cannot keep
     */
    RuleTable tableOf(Policy policy, Map<Rule, Trial> trials) {
        return RuleTable.of(policy, holdings, trials);
    }

    /** Lets a table hold. */
    void install(RuleTable other) {
        table = other;
    }

    @Override
    public Ruling decide(Caller caller, BodyLength body) {
        Optional<Ruling> early = doorman.decide(caller);
        return noted(caller, early.isPresent() ? early.get() : count(caller, body));
    }

    @Override
    public CompletionStage<Ruling> decideLater(Caller caller, BodyLength body) {
        // The head of the request belongs to this thread, and what follows may be on another.
        long bytes = body.atMost();
        return doorman.decideLater(caller)
                .thenCompose(early -> early.isPresent()
                        ? CompletableFuture.completedFuture(early.get())
                        : countLater(caller, () -> bytes))
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
        return table.find(caller)
                .counters()
                .map(counters ->
                        counters.of(caller).standings(endpoint(), countedBy.high(caller), countedBy.low(caller)))
                .orElse(List.of());
    }

    /** Forgets what was counted for a caller. */
    void reset(Caller caller) {
        holdings.reset(countedBy.high(caller), countedBy.low(caller));
    }

    /** Returns what would hold for a request, and why. */
    Explanation explain(Policy policy, Caller caller, BodyLength body) {
        return Explanation.of(holdings.rules(policy), table, caller, body);
    }

    private Ruling count(Caller caller, BodyLength body) {
        RuleTable rules = table;
        Holding tried = rules.findTried(caller);
        if (tried.counters().isPresent()) {
            Counter counter = tried.counters().get().of(caller);
            note(tried, counter.refuses(countedBy.high(caller), countedBy.low(caller), counter.permits(body)));
        }
        Holding holding = rules.find(caller);
        if (holding.counters().isEmpty()) {
            return Ruling.UNLIMITED;
        }
        Counter counter = holding.counters().get().of(caller);
        return counter.count(countedBy.high(caller), countedBy.low(caller), counter.permits(body));
    }

    private CompletionStage<Ruling> countLater(Caller caller, BodyLength body) {
        RuleTable rules = table;
        tryLater(rules.findTried(caller), caller, body);
        Optional<CounterByTier> counters = rules.find(caller).counters();
        return counters.isEmpty()
                ? CompletableFuture.completedFuture(Ruling.UNLIMITED)
                : countLater(counters.get().of(caller), caller, body);
    }

    private CompletionStage<Ruling> countLater(Counter counter, Caller caller, BodyLength body) {
        return counter.countLater(countedBy.high(caller), countedBy.low(caller), counter.permits(body));
    }

    /** Nobody waits for a rule that is only tried, nor hears that it could not be. */
    private void tryLater(Holding tried, Caller caller, BodyLength body) {
        if (tried.counters().isPresent()) {
            CompletionStage<Void> unused = countLater(tried.counters().get().of(caller), caller, body)
                    .thenAccept(ruling -> note(tried, ruling instanceof Ruling.Refused));
        }
    }

    private void note(Holding tried, boolean isRefused) {
        tried.trial().note(isRefused);
        trial.note(isRefused);
    }
}
