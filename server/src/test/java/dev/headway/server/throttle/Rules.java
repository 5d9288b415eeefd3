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
import java.util.stream.Stream;

/** A rule that a test puts together part by part, from one for everybody and everything; for one thread. */
final class Rules {
    private static final Place PLACE = new Place("limits.yaml", 1, 5);

    private Quota quota;
    private Optional<Algorithm> algorithm = Optional.empty();
    private OptionalInt burst = OptionalInt.empty();
    private Weight weight = Weight.ONE;
    private Optional<Penalty> penalty = Optional.empty();
    private Optional<Rate> busy = Optional.empty();
    private Optional<Message> message = Optional.empty();
    private Optional<String> page = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Scope scope = Scope.EVERYTHING;
    private Audience audience = Audience.EVERYBODY;
    private boolean isShadow;

    private Rules(Quota quota) {
        this.quota = quota;
    }

    /** Begins a rule with these limits. */
    static Rules of(String limits) {
        return new Rules(new Quota.Of(Rate.parse(limits)));
    }

    /** Returns the policy of these rules. */
    static Policy policy(Rules... rules) {
        return new Policy(Stream.of(rules).map(Rules::rule).toList());
    }

    private Rule rule() {
        RuleTerms terms = new RuleTerms(quota, algorithm, burst, weight, penalty, busy, message, page);
        return new Rule(PLACE, name, scope, audience, terms, isShadow);
    }

    Rules with(Quota other) {
        quota = other;
        return this;
    }

    Rules by(Algorithm other) {
        algorithm = Optional.of(other);
        return this;
    }

    Rules byBuckets(int tokens) {
        burst = OptionalInt.of(tokens);
        return by(Algorithm.TOKEN_BUCKET);
    }

    Rules weighing(Weight other) {
        weight = other;
        return this;
    }

    Rules penalising(String refusals, Duration time) {
        penalty = Optional.of(new Penalty(Limit.parse(refusals), time));
        return this;
    }

    Rules busy(String limits) {
        busy = Optional.of(Rate.parse(limits));
        return this;
    }

    Rules saying(String words, String documentation) {
        message = Optional.of(Message.parse(words));
        page = Optional.of(documentation);
        return this;
    }

    Rules named(String other) {
        name = Optional.of(other);
        return this;
    }

    Rules about(LimitClass limitClass) {
        scope = new Scope(Set.of(limitClass), Set.of());
        return this;
    }

    Rules about(String endpoint) {
        scope = new Scope(Set.of(), Set.of(endpoint));
        return this;
    }

    Rules forUser(String user) {
        audience = new Audience(Set.of(), Set.of(user), NetworkSet.of(List.of()));
        return this;
    }

    Rules forTier(Tier tier) {
        audience = new Audience(Set.of(tier), Set.of(), NetworkSet.of(List.of()));
        return this;
    }

    Rules forNetwork(String network) {
        audience = new Audience(Set.of(), Set.of(), CallerSet.parse(network).networks());
        return this;
    }

    Rules onlyTried() {
        isShadow = true;
        return this;
    }
}
