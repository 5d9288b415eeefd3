package dev.headway.server.throttle.rules;

import java.util.Optional;

/**
 * One rule of a policy: for whose requests to what, which terms hold; an immutable value.
 *
 * @param place where it stands
 * @param name by which clients see its limits; absent for that of the class
 * @param scope which requests it is about
 * @param audience and whose
 * @param terms what holds
 * @param shadow whether it is only tried: it counts beside the rule that holds, and refuses nobody
 */
public record Rule(
        Place place, Optional<String> name, Scope scope, Audience audience, RuleTerms terms, boolean shadow) {
    /** Returns the rule as people refer to it: its name, or else what it is about. */
    public String title() {
        return name.map(known -> "\"" + known + "\"").orElse(scope + ", " + audience);
    }

    /** Returns whether another rule says the same, wherever it stands. */
    public boolean saysWhat(Rule other) {
        return equals(new Rule(place, other.name, other.scope, other.audience, other.terms, other.shadow));
    }
}
