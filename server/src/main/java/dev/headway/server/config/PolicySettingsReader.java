package dev.headway.server.config;

import dev.headway.limiter.LimitStore;
import dev.headway.server.api.Endpoints;
import dev.headway.server.caller.keys.KnownUsers;
import dev.headway.server.policy.InvalidPolicy;
import dev.headway.server.policy.Known;
import dev.headway.server.policy.PolicyFile;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RulesNotKept;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the file of rules; stateless. */
final class PolicySettingsReader {
    private PolicySettingsReader() {}

    static PolicySettings read(SettingReader reader, Machine machine, RateLimitSettings limits, KeySettings keys) {
        if (!reader.isSet(Variable.LIMITS_FILE)) {
            return PolicySettings.NONE;
        }
        String name = reader.setting(Variable.LIMITS_FILE).text().strip();
        if (name.isEmpty()) {
            reader.problems().add(reader.setting(Variable.LIMITS_FILE), "it is empty; name a file, or unset it");
            return PolicySettings.NONE;
        }
        return read(reader, new PolicySettings.Source(machine.path(name), name), limits, known(limits, keys));
    }

    private static Known known(RateLimitSettings limits, KeySettings keys) {
        Optional<KnownUsers> users = keys.usersFile().map(file -> new KnownUsers(keys.users()));
        return new Known(Endpoints.limited(), limits, users);
    }

    private static PolicySettings read(
            SettingReader reader, PolicySettings.Source source, RateLimitSettings limits, Known known) {
        try {
            PolicyFile found = PolicyFile.read(source.file(), source.name(), known);
            if (reader.problems().sentences().isEmpty()) {
                tryToKeep(reader.problems(), found.policy(), limits);
            }
            return new PolicySettings(Optional.of(source), found.policy(), found.warnings());
        } catch (InvalidPolicy unusable) {
            unusable.faults().forEach(fault -> reader.problems().add(fault.toString()));
            return PolicySettings.NONE;
        }
    }

    /** Notes the rules whose limits the store cannot keep, which is asked by limiters that are thrown away. */
    private static void tryToKeep(Problems problems, Policy policy, RateLimitSettings limits) {
        Map<Rule, String> told = new LinkedHashMap<>();
        try (LimitStore store = LimitTrial.store(limits.storage())) {
            Throttle throttle = new Throttle(limits, store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
            throttle.adopt(policy);
            Endpoints.limited().forEach((endpoint, limitClass) -> {
                try {
                    throttle.limit(limitClass, endpoint);
                } catch (RulesNotKept notKept) {
                    notKept.problems().forEach(problem -> told.putIfAbsent(problem.rule(), problem.text()));
                }
            });
        }
        told.forEach((rule, text) -> problems.add(rule.place() + ": " + text));
    }
}
