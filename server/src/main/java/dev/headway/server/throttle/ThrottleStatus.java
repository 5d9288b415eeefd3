package dev.headway.server.throttle;

import dev.headway.limiter.Limit;
import dev.headway.limiter.resilience.StoreHealth;
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
 * @param store how that Redis is; absent where there is none
 */
public record ThrottleStatus(
        boolean enabled, String storage, Map<String, String> limits, LoadReport dynamic, Optional<StoreStatus> store) {
    /** Makes the status of limits that are counted in memory. */
    public ThrottleStatus(boolean enabled, String storage, Map<String, String> limits, LoadReport dynamic) {
        this(enabled, storage, limits, dynamic, Optional.empty());
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

    static ThrottleStatus of(RateLimitSettings settings, Optional<StoreHealth> health, LoadReport load) {
        Map<String, String> limits = new LinkedHashMap<>();
        if (settings.enabled()) {
            for (LimitClass limitClass : LimitClass.values()) {
                inForce(settings.rates(), limitClass, load.busy())
                        .ifPresent(text -> limits.put(limitClass.policy(), text));
            }
        }
        return new ThrottleStatus(
                settings.enabled(), settings.storage().kind(), limits, load, health.map(StoreStatus::of));
    }

    private static Optional<String> inForce(Rates rates, LimitClass limitClass, boolean isBusy) {
        Optional<BusyLimits> lowered = isBusy ? rates.busyOf(limitClass) : Optional.empty();
        return lowered.isEmpty()
                ? rates.of(limitClass).map(Rate::text)
                : lowered.map(BusyLimits::everybodys).map(ThrottleStatus::text);
    }

    private static String text(List<Limit> limits) {
        return limits.stream().map(Limit::toString).collect(Collectors.joining(";"));
    }
}
