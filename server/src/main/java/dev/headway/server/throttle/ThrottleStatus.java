package dev.headway.server.throttle;

import dev.headway.limiter.Limit;
import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.settings.BusyLimits;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.RateLimitSettings;
import dev.headway.server.throttle.settings.Rates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How rate limiting is set, as health reports show it; immutable.
 *
 * @param enabled whether anything is counted
 * @param storage where: {@code memory} or {@code redis}
 * @param limits the limits that hold for everybody, by the names clients see; empty when disabled
 * @param dynamic how busy the server is, by which limits are lowered
 * @param policy the policy that holds; absent where there is no file of one
 * @param store how that Redis is; absent where there is none
 */
public record ThrottleStatus(
        boolean enabled,
        String storage,
        Map<String, String> limits,
        LoadReport dynamic,
        Optional<PolicyReport> policy,
        Optional<StoreStatus> store) {
    /** Makes the status of limits that are counted in memory. */
    public ThrottleStatus(boolean enabled, String storage, Map<String, String> limits, LoadReport dynamic) {
        this(enabled, storage, limits, dynamic, Optional.empty(), Optional.empty());
    }

    /**
     * How a shared store is; immutable.
     *
     * @param state {@code connected}, {@code away} or {@code probing}
     * @param lastFailure what was wrong the last time that it gave no decision; absent when nothing was
     * @param failures how often it gave none
     * @param decidedAlone how many requests were decided without it
     * @param refusedFromMemory how many were refused without asking, since the refusal was known
     */
    public record StoreStatus(
            String state, Optional<String> lastFailure, long failures, long decidedAlone, long refusedFromMemory) {
        static StoreStatus of(StoreHealth health) {
            return new StoreStatus(
                    health.state().name().toLowerCase(Locale.ROOT),
                    health.lastFailure(),
                    health.failures(),
                    health.decidedAlone(),
                    health.refusedFromMemory());
        }
    }

    static ThrottleStatus of(
            RateLimitSettings settings,
            Policy policy,
            Optional<PolicyReport> report,
            Optional<StoreHealth> health,
            LoadReport load) {
        Map<String, String> limits = new LinkedHashMap<>();
        if (settings.enabled()) {
            for (LimitClass limitClass : LimitClass.values()) {
                inForce(settings.rates(), policy, limitClass, load.busy())
                        .ifPresent(text -> limits.put(limitClass.policy(), text));
            }
        }
        return new ThrottleStatus(
                settings.enabled(), settings.storage().kind(), limits, load, report, health.map(StoreStatus::of));
    }

    /** Finds the limits that hold for everybody at all endpoints of a class, as somebody wrote them, or as they are lowered. */
    static Optional<String> inForce(Rates rates, Policy policy, LimitClass limitClass, boolean isBusy) {
        if (rates.of(limitClass).isEmpty()) {
            return Optional.empty();
        }
        Optional<Rule> general = policy.findGeneral(limitClass);
        if (general.filter(rule -> rule.terms().quota() instanceof Quota.Unlimited)
                .isPresent()) {
            return Optional.of(Quota.UNLIMITED.toString());
        }
        Rate rate = general.flatMap(ThrottleStatus::findRate)
                .or(() -> rates.of(limitClass))
                .orElseThrow();
        Optional<List<Limit>> lowered = isBusy ? lowered(rates, limitClass, general, rate.limits()) : Optional.empty();
        return Optional.of(lowered.map(ThrottleStatus::text).orElse(rate.text()));
    }

    private static Optional<Rate> findRate(Rule rule) {
        return rule.terms().quota() instanceof Quota.Of limits ? Optional.of(limits.rate()) : Optional.empty();
    }

    private static Optional<List<Limit>> lowered(
            Rates rates, LimitClass limitClass, Optional<Rule> general, List<Limit> limits) {
        return general.isPresent()
                ? Holdings.lowered(rates, limitClass, general.get(), limits)
                : rates.busyOf(limitClass).map(BusyLimits::forEverybody);
    }

    private static String text(List<Limit> limits) {
        return limits.stream().map(Limit::toString).collect(Collectors.joining(";"));
    }
}
