package dev.headway.server.throttle;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.server.caller.Caller;
import dev.headway.server.throttle.rules.BodyLength;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would hold for a request, and why; an immutable value.
 *
 * @param rule the rule that holds; absent where none does, so that the environment variables do
 * @param passedOver the rules before it that are about the endpoint, and why each is not about the caller
 * @param tried the rule that is tried beside it
 * @param counting how it is counted; absent where it is not
 */
public record Explanation(
        Optional<Rule> rule, List<PassedOver> passedOver, Optional<Rule> tried, Optional<Counting> counting) {
    /** Copies the rules. */
    public Explanation {
        passedOver = List.copyOf(passedOver);
    }

    /**
     * A rule that is not about a caller.
     *
     * @param rule the rule
     * @param reason why: {@code it is for tier pro}
     */
    public record PassedOver(Rule rule, String reason) {}

    /**
     * How a request would be counted.
     *
     * @param policies the names by which clients see the limits
     * @param limits the limits, in the same order
     * @param algorithm how they are kept
     * @param permits how many permits the request takes of each
     * @param weight how that comes about
     */
    public record Counting(
            List<String> policies, List<Limit> limits, Algorithm algorithm, int permits, Weight weight) {}

    static Explanation of(List<Rule> rules, RuleTable table, Caller caller, BodyLength body) {
        Holding holding = table.find(caller);
        return new Explanation(
                holding.rule(),
                passedOver(rules, holding.rule(), caller),
                table.findTried(caller).rule(),
                holding.counters().map(counters -> counting(counters.of(caller), body)));
    }

    private static List<PassedOver> passedOver(List<Rule> rules, Optional<Rule> holding, Caller caller) {
        List<PassedOver> passed = new ArrayList<>();
        for (Rule rule : rules) {
            if (holding.filter(rule::equals).isPresent()) {
                return passed;
            }
            rule.audience().findMismatch(caller).ifPresent(reason -> passed.add(new PassedOver(rule, reason)));
        }
        return passed;
    }

    private static Counting counting(Counter counter, BodyLength body) {
        return new Counting(
                counter.names().names(),
                counter.limiter().limits(),
                counter.limiter().algorithm(),
                counter.permits(body),
                counter.weight());
    }
}
