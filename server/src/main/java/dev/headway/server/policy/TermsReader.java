package dev.headway.server.policy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Penalty;
import dev.headway.server.throttle.answer.Message;
import dev.headway.server.throttle.answer.Wording;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.RuleTerms;
import dev.headway.server.throttle.rules.Weight;
import dev.headway.server.throttle.settings.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Reads what holds by a rule; for one thread. */
final class TermsReader {
    private static final int MAX_LIMITS = 16;
    private static final String UNLIMITED = "none";
    private static final String AS_USUAL = "usual";
    private static final String SOME_LIMITS = "limits such as 10/minute;100/hour, none or usual";

    private final Faults faults;
    private final Values values;

    TermsReader(Faults faults) {
        this.faults = faults;
        this.values = new Values(faults);
    }

    RuleTerms read(Fields rule) {
        Quota quota = rule.find("limits").flatMap(this::quota).orElse(Quota.USUAL);
        return new RuleTerms(
                quota,
                rule.find("algorithm").flatMap(node -> values.one(node, "an algorithm", Algorithm::parse)),
                burst(rule),
                rule.find("weight").flatMap(this::weight).orElse(Weight.ONE),
                rule.find("penalty").flatMap(this::penalty),
                rule.find("busy").flatMap(node -> values.one(node, "limits such as 5/minute", Rate::parse)),
                rule.find("message").flatMap(node -> values.one(node, "a sentence", Message::parse)),
                rule.find("docs").flatMap(node -> values.one(node, "a URL", Wording::requirePage)));
    }

    private Optional<Quota> quota(Node node) {
        if (node instanceof Node.Text text && text.text().strip().equals(UNLIMITED)) {
            return Optional.of(Quota.UNLIMITED);
        }
        if (node instanceof Node.Text text && text.text().strip().equals(AS_USUAL)) {
            return Optional.of(Quota.USUAL);
        }
        List<Rate> rates = values.some(node, SOME_LIMITS, Rate::parse);
        if (rates.isEmpty()) {
            return Optional.empty();
        }
        Rate joined = joined(rates);
        if (joined.limits().size() > MAX_LIMITS) {
            faults.add(node.place(), joined.limits().size() + " limits; accepted are " + MAX_LIMITS + " at most");
        }
        return Optional.of(new Quota.Of(joined));
    }

    private static Rate joined(List<Rate> rates) {
        return new Rate(
                rates.stream().map(Rate::text).collect(Collectors.joining(";")),
                rates.stream().flatMap(rate -> rate.limits().stream()).toList());
    }

    private OptionalInt burst(Fields rule) {
        return rule.find("burst")
                .flatMap(node -> values.one(node, "a number of tokens", text -> Units.number(text, 1, 100_000_000)))
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    private Optional<Weight> weight(Node node) {
        if (node instanceof Node.Text) {
            return permits(node).map(Weight::fixed);
        }
        Optional<Fields> fields = Fields.of(node, "a number, or a weight", List.of("each", "per", "most"), faults);
        Optional<Node> per = fields.flatMap(weight -> weight.find("per"));
        if (fields.isPresent() && per.isEmpty()) {
            faults.add(node.place(), "a weight without per; accepted is, for example, {per: 1MB}");
        }
        Optional<Long> bytes = per.flatMap(found -> values.one(found, Units.SOME_BYTES, Units::bytes));
        return fields.isEmpty() || bytes.isEmpty() ? Optional.empty() : weight(node, fields.get(), bytes.get());
    }

    private Optional<Weight> weight(Node node, Fields fields, long perBytes) {
        int each = fields.find("each").flatMap(this::permits).orElse(1);
        int most = fields.find("most").flatMap(this::permits).orElse(Integer.MAX_VALUE);
        if (most < each) {
            faults.add(
                    node.place(), "most is " + most + " and each is " + each + "; accepted is a most that is no less");
            return Optional.empty();
        }
        return Optional.of(new Weight(each, perBytes, most));
    }

    private Optional<Integer> permits(Node node) {
        return values.one(node, "a number of permits", text -> Units.number(text, 1, 100_000_000));
    }

    private Optional<Penalty> penalty(Node node) {
        return Fields.of(node, "a penalty", List.of("refusals", "for"), faults).flatMap(this::penalty);
    }

    private Optional<Penalty> penalty(Fields fields) {
        Optional<Limit> refusals = fields.find("refusals")
                .flatMap(node -> values.one(node, "how many refusals, such as 20/minute", Limit::parse));
        Optional<Duration> time = fields.find("for").flatMap(node -> values.one(node, Units.SOME_TIME, Units::time));
        if (fields.find("refusals").isEmpty() || fields.find("for").isEmpty()) {
            faults.add(
                    fields.place(),
                    "a penalty has both refusals and for; accepted is, for example, {refusals: 20/minute, for: 10"
                            + " minutes}");
        }
        return refusals.isEmpty() || time.isEmpty()
                ? Optional.empty()
                : Optional.of(new Penalty(refusals.get(), time.get()));
    }
}
