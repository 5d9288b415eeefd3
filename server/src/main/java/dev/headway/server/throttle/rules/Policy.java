package dev.headway.server.throttle.rules;

import dev.headway.server.throttle.settings.LimitClass;
import java.util.List;
import java.util.Optional;

/**
 * Rules, of which the first that matches a request holds; an immutable value.
 *
 * <p>Rules in shadow mode are asked apart: the first of them that matches is tried, and the first of the others holds. Where none
 * of the others matches, the limits of the environment variables hold.
 *
 * @param rules in their order
 */
public record Policy(List<Rule> rules) {
    /** The policy without rules. */
    public static final Policy NONE = new Policy(List.of());

    /** Copies the rules. */
    public Policy {
        rules = List.copyOf(rules);
    }

    /** Finds the rule that holds for everybody at all endpoints of a class, if one does. */
    public Optional<Rule> findGeneral(LimitClass limitClass) {
        return rules.stream()
                .filter(rule -> !rule.shadow()
                        && rule.scope().coversAll(limitClass)
                        && rule.audience().equals(Audience.EVERYBODY))
                .findFirst();
    }

    /** Returns the rules about an endpoint, in their order. */
    public List<Rule> about(LimitClass limitClass, String endpoint) {
        return rules.stream()
                .filter(rule -> rule.scope().covers(limitClass, endpoint))
                .toList();
    }
}
