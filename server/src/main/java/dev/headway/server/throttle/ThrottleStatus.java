package dev.headway.server.throttle;

import dev.headway.limiter.resilience.StoreHealth;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How rate limiting is set, as health reports show it; immutable.
 *
 * @param enabled whether anything is counted
 * @param storage where: {@code memory} or {@code redis}
 * @param limits the configured limits by the names clients see; empty when disabled
 * @param reduced whether a limit is lowered at the moment because of load
 * @param store how that Redis is; absent where there is none
 */
public record ThrottleStatus(
        boolean enabled, String storage, Map<String, String> limits, boolean reduced, Optional<StoreStatus> store) {
    /** Makes the status of limits that are counted in memory. */
    public ThrottleStatus(boolean enabled, String storage, Map<String, String> limits, boolean reduced) {
        this(enabled, storage, limits, reduced, Optional.empty());
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

    static ThrottleStatus of(RateLimitSettings settings, Optional<StoreHealth> health) {
        Map<String, String> limits = new LinkedHashMap<>();
        if (settings.enabled()) {
            for (LimitClass limitClass : LimitClass.values()) {
                settings.rates().of(limitClass).ifPresent(rate -> limits.put(limitClass.policy(), rate.text()));
            }
        }
        return new ThrottleStatus(
                settings.enabled(), settings.storage().kind(), limits, false, health.map(StoreStatus::of));
    }
}
