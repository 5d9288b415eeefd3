package dev.headway.server;

import dev.headway.limiter.Limit;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.server.api.Endpoints;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.config.Settings;
import dev.headway.server.throttle.Explanation;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RuleTerms;
import dev.headway.server.throttle.settings.LimitClass;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints which limits would hold for a request, as the limits themselves tell it; for one request. */
final class LimitsExplanation {
    private final Settings settings;
    private final String endpoint;
    private final Caller caller;
    private final long bytes;

    LimitsExplanation(Settings settings, String endpoint, Caller caller, long bytes) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.caller = caller;
        this.bytes = bytes;
    }

    void print(PrintWriter out) {
        out.println(endpoint + ", asked by " + who() + length());
        out.println();
        if (settings.rateLimits().callers().denied().contains(caller)) {
            out.println("denied     by RATE_LIMIT_DENY: it is answered 403");
        } else if (!settings.rateLimits().enabled()) {
            out.println("unlimited  by RATE_LIMIT_ENABLED=false: nothing is counted");
        } else if (settings.rateLimits().callers().allowed().contains(caller)) {
            out.println("unlimited  by RATE_LIMIT_ALLOW: it is never limited");
        } else {
            explain(out);
        }
        out.flush();
    }

    private void explain(PrintWriter out) {
        Throttle throttle = new Throttle(
                settings.rateLimits(), MemoryStore.builder().build(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        throttle.adopt(settings.policy().policy());
        throttle.limit(Endpoints.limited().getOrDefault(endpoint, LimitClass.NONE), endpoint);
        print(throttle.explain(endpoint, caller, () -> bytes).orElseThrow(), out);
    }

    private void print(Explanation explanation, PrintWriter out) {
        out.println(
                "holds      " + explanation.rule().map(LimitsExplanation::shown).orElse("no rule, so " + variable()));
        explanation
                .counting()
                .ifPresentOrElse(
                        counting -> print(counting, explanation.rule(), out),
                        () -> out.println("limits     none: nothing is counted"));
        explanation
                .tried()
                .ifPresent(rule -> out.println(
                        "tried      " + shown(rule) + ": " + rule.terms().quota()));
        if (!explanation.passedOver().isEmpty()) {
            out.println();
            out.println("passed over, since");
            explanation
                    .passedOver()
                    .forEach(passed -> out.println("  " + shown(passed.rule()) + ": " + passed.reason()));
        }
    }

    private void print(Explanation.Counting counting, Optional<Rule> rule, PrintWriter out) {
        out.println(
                "limits     " + counting.limits().stream().map(Limit::describe).collect(Collectors.joining("; "))
                        + ", by " + counting.algorithm());
        out.println("weight     " + counting.permits()
                + (counting.weight().toString().equals(counting.permits() + "") ? "" : ": " + counting.weight()));
        out.println(
                "counted    for " + settings.rateLimits().callers().countedBy().nameOf(caller)
                        + ", with all its requests to " + endpoint);
        out.println("named      " + String.join(", ", counting.policies()) + " in the RateLimit fields");
        rule.map(Rule::terms).ifPresent(terms -> print(terms, out));
    }

    private static void print(RuleTerms terms, PrintWriter out) {
        terms.burst().ifPresent(burst -> out.println("burst      " + burst));
        terms.penalty()
                .ifPresent(penalty ->
                        out.println("penalty    " + penalty.refusals().describe() + " refusals shut out for "
                                + penalty.shutOut().toSeconds() + " seconds"));
        terms.busy().ifPresent(busy -> out.println("busy       " + busy + " while the server is busy"));
        terms.message().ifPresent(message -> out.println("message    " + message));
        terms.documentation().ifPresent(page -> out.println("docs       " + page));
    }

    private static String shown(Rule rule) {
        return rule.place() + ": " + rule.title();
    }

    private String who() {
        return caller.user().map(user -> "user " + user.name() + tier(user)).orElse("anybody") + " from "
                + caller.client().address();
    }

    private static String tier(User user) {
        return user.tier().map(tier -> " (tier " + tier + ")").orElse("");
    }

    private String length() {
        if (bytes == 0) {
            return "";
        }
        return bytes == Long.MAX_VALUE ? ", with a body of unknown length" : ", with a body of " + bytes + " bytes";
    }

    /** Returns the variable whose limits hold where no rule says anything. */
    private String variable() {
        LimitClass limitClass = Endpoints.limited().getOrDefault(endpoint, LimitClass.NONE);
        Optional<Tier> tier = caller.user().flatMap(User::tier);
        boolean isTiers = tier.filter(settings.rateLimits().rates().tiersOf(limitClass)::containsKey)
                .isPresent();
        return isTiers
                ? "RATE_LIMIT_" + tier.get().name() + "_TIER"
                : switch (limitClass) {
                    case EXECUTE -> "RATE_LIMIT_TRAINING_EXECUTE";
                    case GENERAL -> "RATE_LIMIT_TRAINING_GENERAL";
                    case FILESYSTEM -> "RATE_LIMIT_FILESYSTEM";
                    case READ -> "RATE_LIMIT_READ";
                    case DOWNLOAD -> "RATE_LIMIT_DOWNLOAD";
                    case NONE -> "nothing";
                };
    }
}
