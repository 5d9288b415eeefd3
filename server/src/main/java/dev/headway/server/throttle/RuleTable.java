package dev.headway.server.throttle;

import dev.headway.limiter.Limit;
import dev.headway.server.caller.Caller;
import dev.headway.server.throttle.rules.Audience;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RuleIndex;
import dev.headway.server.throttle.rules.RulesNotKept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the policy of the moment says about one endpoint; immutable, so threads may share it.
 *
 * @param held the rules that hold
 * @param tried the rules that are only tried
 * @param usual what holds where no rule does; nothing where one always does
 */
record RuleTable(RuleIndex<Holding> held, RuleIndex<Holding> tried, Holding usual) {
    /**
     * Makes the table of an endpoint.
     *
     * @param trials what to note the decisions of rules in that are only tried
     * @throws RulesNotKept with all rules whose limits the store cannot keep
     */
    static RuleTable of(Policy policy, Holdings holdings, Map<Rule, Trial> trials) {
        List<RulesNotKept.Problem> problems = new ArrayList<>();
        List<RuleIndex.Entry<Holding>> held = new ArrayList<>();
        List<RuleIndex.Entry<Holding>> tried = new ArrayList<>();
        List<Rule> rules = holdings.rules(policy);
        Holding usual = isForEverybody(rules) ? Holding.NOTHING : usual(holdings, rules);
        for (Rule rule : rules) {
            try {
                Holding holding = holdings.of(rule, trials.getOrDefault(rule, Holding.NOTHING.trial()));
                (rule.shadow() ? tried : held).add(new RuleIndex.Entry<>(rule.audience(), holding));
            } catch (IllegalArgumentException complaint) {
                problems.add(new RulesNotKept.Problem(rule, String.valueOf(complaint.getMessage())));
            }
        }
        if (!problems.isEmpty()) {
            throw new RulesNotKept(problems);
        }
        return new RuleTable(new RuleIndex<>(held), new RuleIndex<>(tried), usual);
    }

    /** Returns whether some rule holds for whoever none above it is about, so that the usual limits never do. */
    private static boolean isForEverybody(List<Rule> rules) {
        return rules.stream().anyMatch(rule -> !rule.shadow() && rule.audience().equals(Audience.EVERYBODY));
    }

    /** A store that would keep the usual limits may not keep them as long as a rule needs: then that rule cannot be kept. */
    private static Holding usual(Holdings holdings, List<Rule> rules) {
        try {
            return holdings.usual();
        } catch (IllegalArgumentException complaint) {
            Rule longest = rules.stream()
                    .filter(rule -> !rule.shadow())
                    .max(Comparator.comparing(RuleTable::longestWindow))
                    .orElseThrow(() -> complaint);
            throw new RulesNotKept(List.of(new RulesNotKept.Problem(longest, String.valueOf(complaint.getMessage()))));
        }
    }

    private static Duration longestWindow(Rule rule) {
        List<Limit> limits =
                rule.terms().quota() instanceof Quota.Of some ? some.rate().limits() : List.of();
        return limits.stream().map(Limit::window).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** Returns what holds for a caller. */
    Holding find(Caller caller) {
        return held.find(caller, usual);
    }

    /** Returns what is only tried for a caller. */
    Holding findTried(Caller caller) {
        return tried.find(caller, Holding.NOTHING);
    }
}
