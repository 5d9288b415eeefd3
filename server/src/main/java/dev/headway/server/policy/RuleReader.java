package dev.headway.server.policy;

import dev.headway.limiter.Algorithm;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.AddressRange;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.throttle.rules.Audience;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RuleTerms;
import dev.headway.server.throttle.rules.Scope;
import dev.headway.server.throttle.settings.LimitClass;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one rule; for one thread. */
final class RuleReader {
    private static final List<String> ABOUT = List.of("name", "class", "endpoint", "tier", "user", "network");
    private static final List<String> MEANINGLESS_UNCOUNTED =
            List.of("algorithm", "burst", "weight", "penalty", "busy", "message", "docs", "shadow");
    private static final List<String> KEYS = List.of(
            "name",
            "class",
            "endpoint",
            "tier",
            "user",
            "network",
            "limits",
            "algorithm",
            "burst",
            "weight",
            "penalty",
            "busy",
            "message",
            "docs",
            "shadow");
    private static final Set<String> CLASSES = Set.of("execute", "general", "filesystem", "read", "download");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Known known;
    private final Faults faults;
    private final Values values;

    RuleReader(Known known, Faults faults) {
        this.known = known;
        this.faults = faults;
        this.values = new Values(faults);
    }

    /** Returns the rule of a node, or nothing where it is none; what is wrong with it is among the faults. */
    Optional<Rule> read(Node node) {
        return Fields.of(node, "a rule", KEYS, faults).map(this::read);
    }

    private Rule read(Fields fields) {
        RuleTerms terms = new TermsReader(faults).read(fields);
        checkTerms(fields, terms);
        return new Rule(
                fields.place(),
                fields.find("name").flatMap(node -> values.one(node, "a name", RuleReader::requireName)),
                scope(fields),
                audience(fields),
                terms,
                fields.find("shadow")
                        .flatMap(node -> values.one(node, "true or false", Units::flag))
                        .orElse(false));
    }

    private Scope scope(Fields fields) {
        if (fields.find("class").isPresent() && fields.find("endpoint").isPresent()) {
            faults.add(fields.placeOf("endpoint"), "an endpoint beside a class; accepted is one of the two");
        }
        Set<LimitClass> classes = new HashSet<>(fields.find("class")
                .map(node -> values.some(node, "a class", RuleReader::requireClass))
                .orElse(List.of()));
        Set<String> endpoints = new HashSet<>(fields.find("endpoint")
                .map(node -> values.some(node, "an endpoint", this::requireEndpoint))
                .orElse(List.of()));
        return new Scope(classes, endpoints);
    }

    private Audience audience(Fields fields) {
        List<Tier> tiers = fields.find("tier")
                .map(node -> values.some(node, "a tier", RuleReader::requireTier))
                .orElse(List.of());
        List<String> users = fields.find("user")
                .map(node -> values.some(node, "a user", User::requireName))
                .orElse(List.of());
        List<AddressRange> networks = fields.find("network")
                .map(node -> values.some(node, "a network", AddressRange::parse))
                .orElse(List.of());
        return new Audience(new HashSet<>(tiers), new HashSet<>(users), NetworkSet.of(networks));
    }

    private void checkTerms(Fields fields, RuleTerms terms) {
        if (!fields.hasUnknown()
                && KEYS.stream()
                        .noneMatch(
                                key -> !ABOUT.contains(key) && fields.find(key).isPresent())) {
            faults.add(
                    fields.place(),
                    "a rule that changes nothing; accepted is one with limits, or another thing that holds");
        }
        if (terms.quota() instanceof Quota.Unlimited) {
            MEANINGLESS_UNCOUNTED.stream()
                    .filter(key -> fields.find(key).isPresent())
                    .forEach(key -> faults.add(
                            fields.placeOf(key), "\"" + key + "\" beside limits of none, by which nothing is counted"));
        }
        Algorithm algorithm = terms.algorithm().orElse(known.settings().rates().algorithm());
        if (terms.burst().isPresent() && algorithm != Algorithm.TOKEN_BUCKET) {
            faults.add(
                    fields.placeOf("burst"),
                    "a burst, which " + algorithm + " has not; accepted is one with algorithm: token-bucket");
        }
    }

    private static String requireName(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "accepted are 1 to 64 letters, digits, dots, hyphens and underscores, the first a letter or digit");
        }
        return text;
    }

    private static LimitClass requireClass(String text) {
        if (!CLASSES.contains(text)) {
            throw new IllegalArgumentException("no class; accepted are " + String.join(", ", new TreeSet<>(CLASSES))
                    + Nearest.question(text, CLASSES));
        }
        return LimitClass.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private String requireEndpoint(String text) {
        String endpoint = text.strip().replaceAll("\\s+", " ");
        if (!known.endpoints().containsKey(endpoint)) {
            throw new IllegalArgumentException("no endpoint that is limited; accepted are verb and template, such as"
                    + " POST /api/training/execute"
                    + Nearest.question(endpoint, known.endpoints().keySet()));
        }
        return endpoint;
    }

    private static Tier requireTier(String text) {
        return Tier.find(text)
                .orElseThrow(() -> new IllegalArgumentException("no tier; accepted are free, pro and enterprise"));
    }
}
