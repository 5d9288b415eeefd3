package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the policy of the moment says about one endpoint; immutable, so threads may share it.
 *
 * @param held the rules that hold
 * @param tried the rules that are only tried
 * @param usual what holds where no rule does
 */
record RuleTable(RuleIndex<Holding> held, RuleIndex<Holding> tried, Holding usual) {
    /**
     * Makes the table of an endpoint.
     *
     * @param trials what to note the decisions of rules in that are only tried
     * @throws RulesNotKept with all rules whose limits the store cannot keep
     */
    static RuleTable of(
            Policy policy, LimitClass limitClass, String endpoint, Holdings holdings, Map<Rule, Holding.Trial> trials) {
        List<RulesNotKept.Problem> problems = new ArrayList<>();
        List<RuleIndex.Entry<Holding>> held = new ArrayList<>();
        List<RuleIndex.Entry<Holding>> tried = new ArrayList<>();
        Holding usual = holdings.usual();
        for (Rule rule : policy.about(limitClass, endpoint)) {
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

    /** Returns what holds for a caller. */
    Holding find(Caller caller) {
        return held.find(caller, usual);
    }

    /** Returns what is only tried for a caller. */
    Holding findTried(Caller caller) {
        return tried.find(caller, Holding.NOTHING);
    }
}
