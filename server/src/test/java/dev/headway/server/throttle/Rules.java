package dev.headway.server.throttle;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Penalty;
import dev.headway.server.caller.CallerSet;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.throttle.answer.Message;
import dev.headway.server.throttle.rules.Audience;
import dev.headway.server.throttle.rules.Place;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RuleTerms;
import dev.headway.server.throttle.rules.Scope;
import dev.headway.server.throttle.rules.Weight;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Rules that tests start from; each call gives another one with one thing changed. */
record Rules(Rule rule) {
    /** Returns a rule for everybody and everything, with these limits. */
    static Rules of(String limits) {
        return new Rules(new Rule(
                new Place("limits.yaml", 1, 5),
                Optional.empty(),
                Scope.EVERYTHING,
                Audience.EVERYBODY,
                RuleTerms.of(new Quota.Of(Rate.parse(limits))),
                false));
    }

    static Policy policy(Rules... rules) {
        return new Policy(List.of(rules).stream().map(Rules::rule).toList());
    }

    Rules with(Quota quota) {
        RuleTerms old = rule.terms();
        return with(new RuleTerms(
                quota,
                old.algorithm(),
                old.burst(),
                old.weight(),
                old.penalty(),
                old.busy(),
                old.message(),
                old.documentation()));
    }

    Rules by(Algorithm algorithm, int burst) {
        RuleTerms old = rule.terms();
        return with(new RuleTerms(
                old.quota(),
                Optional.of(algorithm),
                burst == 0 ? OptionalInt.empty() : OptionalInt.of(burst),
                old.weight(),
                old.penalty(),
                old.busy(),
                old.message(),
                old.documentation()));
    }

    Rules weighing(Weight weight) {
        RuleTerms old = rule.terms();
        return with(new RuleTerms(
                old.quota(),
                old.algorithm(),
                old.burst(),
                weight,
                old.penalty(),
                old.busy(),
                old.message(),
                old.documentation()));
    }

    Rules penalising(String refusals, Duration time) {
        RuleTerms old = rule.terms();
        return with(new RuleTerms(
                old.quota(),
                old.algorithm(),
                old.burst(),
                old.weight(),
                Optional.of(new Penalty(Limit.parse(refusals), time)),
                old.busy(),
                old.message(),
                old.documentation()));
    }

    Rules busy(String limits) {
        RuleTerms old = rule.terms();
        return with(new RuleTerms(
                old.quota(),
                old.algorithm(),
                old.burst(),
                old.weight(),
                old.penalty(),
                Optional.of(Rate.parse(limits)),
                old.message(),
                old.documentation()));
    }

    Rules saying(String message, String page) {
        RuleTerms old = rule.terms();
        return with(new RuleTerms(
                old.quota(),
                old.algorithm(),
                old.burst(),
                old.weight(),
                old.penalty(),
                old.busy(),
                Optional.of(Message.parse(message)),
                Optional.of(page)));
    }

    Rules named(String name) {
        return new Rules(
                new Rule(rule.place(), Optional.of(name), rule.scope(), rule.audience(), rule.terms(), rule.shadow()));
    }

    Rules about(LimitClass limitClass) {
        return with(new Scope(Set.of(limitClass), Set.of()));
    }

    Rules about(String endpoint) {
        return with(new Scope(Set.of(), Set.of(endpoint)));
    }

    Rules forUser(String name) {
        return with(new Audience(Set.of(), Set.of(name), NetworkSet.of(List.of())));
    }

    Rules forTier(Tier tier) {
        return with(new Audience(Set.of(tier), Set.of(), NetworkSet.of(List.of())));
    }

    Rules forNetwork(String network) {
        return with(new Audience(Set.of(), Set.of(), CallerSet.parse(network).networks()));
    }

    Rules onlyTried() {
        return new Rules(new Rule(rule.place(), rule.name(), rule.scope(), rule.audience(), rule.terms(), true));
    }

    private Rules with(Scope scope) {
        return new Rules(new Rule(rule.place(), rule.name(), scope, rule.audience(), rule.terms(), rule.shadow()));
    }

    private Rules with(Audience audience) {
        return new Rules(new Rule(rule.place(), rule.name(), rule.scope(), audience, rule.terms(), rule.shadow()));
    }

    private Rules with(RuleTerms terms) {
        return new Rules(new Rule(rule.place(), rule.name(), rule.scope(), rule.audience(), terms, rule.shadow()));
    }
}
