package dev.headway.server.api.limits;

import dev.headway.server.throttle.PolicyReport;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.rules.Rule;
import java.util.List;
import java.util.Optional;

/**
 * The policy that holds; immutable.
 *
 * @param since since when, in UTC; null where there is no file
 * @param faults how many faults the file has that was read last, which therefore does not hold
 * @param rules the rules, in their order
 * @param tried how those that are only tried would have decided since then
 */
record PolicyAnswer(Optional<String> since, int faults, List<Line> rules, List<PolicyReport.Tried> tried) {
    /**
     * A rule.
     *
     * @param rule its name, or what it is about
     * @param place where it stands
     * @param requests which requests it is about
     * @param callers and whose
     * @param limits how many it lets through
     * @param shadow whether it is only tried
     */
    record Line(String rule, String place, String requests, String callers, String limits, boolean shadow) {
        static Line of(Rule rule) {
            return new Line(
                    rule.title(),
                    rule.place().toString(),
                    rule.scope().toString(),
                    rule.audience().toString(),
                    rule.terms().quota().toString(),
                    rule.shadow());
        }
    }

    static PolicyAnswer of(Throttle throttle) {
        Optional<PolicyReport> report = throttle.status().policy();
        return new PolicyAnswer(
                report.map(PolicyReport::since),
                report.map(PolicyReport::faults).orElse(0),
                throttle.policy().rules().stream().map(Line::of).toList(),
                throttle.tried());
    }
}
