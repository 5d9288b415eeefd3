package dev.headway.server.throttle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How rate limiting is set, as health reports show it; immutable.
 *
 * @param enabled whether anything is counted
 * @param storage where: {@code memory}
 * @param limits the configured limits by the names clients see; empty when disabled
 * @param reduced whether a limit is lowered at the moment because of load
 */
public record ThrottleStatus(boolean enabled, String storage, Map<String, String> limits, boolean reduced) {
    static ThrottleStatus of(RateLimitSettings settings) {
        Map<String, String> limits = new LinkedHashMap<>();
        if (settings.enabled()) {
            for (LimitClass limitClass : LimitClass.values()) {
                settings.rates().of(limitClass).ifPresent(rate -> limits.put(limitClass.policy(), rate.text()));
            }
        }
        return new ThrottleStatus(settings.enabled(), "memory", limits, false);
    }
}
