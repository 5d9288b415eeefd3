package dev.headway.server.throttle;

import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What health reports and operators see of the policy; immutable.
 *
 * @param rules how many rules hold
 * @param since since when, in UTC
 * @param faults how many faults the file has that was read last, which therefore does not hold; 0 when it does
 */
public record PolicyReport(int rules, String since, int faults) {
    static PolicyReport of(Policy policy, Instant since) {
        return new PolicyReport(policy.rules().size(), since.toString(), 0);
    }

    PolicyReport withFaults(int count) {
        return new PolicyReport(rules, since, count);
    }

    /**
     * How a rule that is only tried would have decided.
     *
     * @param rule its name, or what it is about
     * @param place where it stands
     * @param admitted how many requests it would have admitted
     * @param refused how many it would have refused
     */
    public record Tried(String rule, String place, long admitted, long refused) {
        static List<Tried> of(Map<Rule, Trial> trials) {
            return trials.entrySet().stream()
                    .map(entry -> new Tried(
                            entry.getKey().title(),
                            entry.getKey().place().toString(),
                            entry.getValue().admitted(),
                            entry.getValue().refused()))
                    .toList();
        }
    }
}
