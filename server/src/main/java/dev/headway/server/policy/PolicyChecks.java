package dev.headway.server.policy;

import dev.headway.server.caller.keys.KnownUsers;
import dev.headway.server.throttle.rules.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the rules of a file beside each other; for one thread. */
final class PolicyChecks {
    private final Known known;
    private final Faults faults;
    private final Map<Rule, Set<String>> endpoints = new HashMap<>();

    PolicyChecks(Known known, Faults faults) {
        this.known = known;
        this.faults = faults;
    }

    void check(List<Rule> rules) {
        checkNames(rules);
        for (int index = 0; index < rules.size(); index++) {
            checkReach(rules.get(index), rules.subList(0, index));
            checkUsers(rules.get(index));
        }
    }

    private void checkNames(List<Rule> rules) {
        Map<String, Rule> named = new HashMap<>();
        for (Rule rule : rules) {
            Optional<Rule> first = rule.name().flatMap(name -> Optional.ofNullable(named.putIfAbsent(name, rule)));
            first.ifPresent(other -> faults.add(
                    rule.place(), "a second rule named " + rule.title() + "; the first is at " + other.place()));
        }
    }

    /** A rule below one that matches all that it matches never has its turn, and whoever wrote it thinks that it has. */
    private void checkReach(Rule rule, List<Rule> above) {
        above.stream()
                .filter(other -> other.shadow() == rule.shadow() && takesAll(other, rule))
                .findFirst()
                .ifPresent(other -> faults.add(
                        rule.place(),
                        "a rule that never holds: whatever it matches (" + rule.scope() + ", " + rule.audience()
                                + ") is matched first by the rule at " + other.place()
                                + "; accepted are the narrower rule first, or one of the two"));
    }

    private boolean takesAll(Rule other, Rule rule) {
        return other.audience().containsAll(rule.audience())
                && endpointsOf(other).containsAll(endpointsOf(rule));
    }

    private Set<String> endpointsOf(Rule rule) {
        return endpoints.computeIfAbsent(
                rule,
                unknown -> known.endpoints().keySet().stream()
                        .filter(endpoint -> known.isIn(rule.scope(), endpoint))
                        .collect(Collectors.toSet()));
    }

    private void checkUsers(Rule rule) {
        boolean isAboutUsers =
                !rule.audience().users().isEmpty() || !rule.audience().tiers().isEmpty();
        if (isAboutUsers && known.users().isEmpty()) {
            faults.warn(rule.place(), "a rule about users, but there are none: API_KEYS_FILE is not set");
        }
        known.users().ifPresent(users -> checkUsers(rule, users));
    }

    private void checkUsers(Rule rule, KnownUsers users) {
        rule.audience().users().stream()
                .filter(user -> users.find(user).isEmpty())
                .sorted()
                .forEach(user -> faults.warn(rule.place(), "a rule about \"" + user + "\", who has no key"));
    }
}
