package dev.headway.server.policy;

import dev.headway.limiter.Penalty;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RuleTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tells what is different between two policies, in sentences; stateless. */
final class PolicyChanges {
    private static final String NOTHING = "none";

    private PolicyChanges() {}

    /** Returns what an operator who knows one policy has to know of the other. A rule is the same if its name is, or what it is about. */
    static List<String> between(Policy before, Policy after) {
        Map<String, Rule> old = byTitle(before);
        Map<String, Rule> now = byTitle(after);
        List<String> changes = new ArrayList<>();
        old.forEach((title, rule) -> {
            if (!now.containsKey(title)) {
                changes.add("removed: " + title);
            }
        });
        now.forEach((title, rule) -> {
            if (!old.containsKey(title)) {
                changes.add("added: " + title + ", " + rule.terms().quota() + (rule.shadow() ? ", only tried" : ""));
            }
        });
        now.forEach((title, rule) -> Optional.ofNullable(old.get(title))
                .filter(other -> !rule.saysWhat(other))
                .ifPresent(other ->
                        changes.add("changed: " + title + ": " + String.join("; ", differences(other, rule)))));
        if (!common(old, now).equals(common(now, old))) {
            changes.add("the order of the rules has changed");
        }
        return changes;
    }

    private static Map<String, Rule> byTitle(Policy policy) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        policy.rules()
                .forEach(rule ->
                        rules.put(rule.title() + (rule.name().isEmpty() && rule.shadow() ? " (tried)" : ""), rule));
        return rules;
    }

    private static List<String> common(Map<String, Rule> rules, Map<String, Rule> others) {
        return rules.keySet().stream().filter(others::containsKey).toList();
    }

    private static List<String> differences(Rule before, Rule after) {
        List<String> differences = new ArrayList<>();
        compare("about", before, after, rule -> rule.scope() + ", " + rule.audience(), differences);
        compare("limits", before, after, rule -> quota(rule.terms().quota()), differences);
        compare("algorithm", before, after, rule -> text(rule.terms().algorithm()), differences);
        compare("burst", before, after, rule -> burst(rule.terms()), differences);
        compare("weight", before, after, rule -> rule.terms().weight().toString(), differences);
        compare(
                "penalty",
                before,
                after,
                rule -> text(rule.terms().penalty().map(PolicyChanges::penalty)),
                differences);
        compare("busy", before, after, rule -> text(rule.terms().busy()), differences);
        compare("message", before, after, rule -> text(rule.terms().message()), differences);
        compare("docs", before, after, rule -> text(rule.terms().documentation()), differences);
        compare("shadow", before, after, rule -> String.valueOf(rule.shadow()), differences);
        return differences;
    }

    private static void compare(
            String what, Rule before, Rule after, Function<Rule, String> property, List<String> differences) {
        String old = property.apply(before);
        String now = property.apply(after);
        if (!old.equals(now)) {
            differences.add(what + " was " + old + ", is " + now);
        }
    }

    private static String quota(Quota quota) {
        return quota.toString();
    }

    private static String burst(RuleTerms terms) {
        return terms.burst().isPresent() ? Integer.toString(terms.burst().getAsInt()) : NOTHING;
    }

    private static String penalty(Penalty penalty) {
        return penalty.shutOut().toSeconds() + " s after " + penalty.refusals() + " refusals";
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse(NOTHING);
    }
}
