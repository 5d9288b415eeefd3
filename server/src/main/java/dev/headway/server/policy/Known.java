package dev.headway.server.policy;

import dev.headway.server.caller.keys.KnownUsers;
import dev.headway.server.throttle.rules.Scope;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy file may refer to; safe to share between threads.
 *
 * @param endpoints the endpoints that can be limited, by verb and route template, each with its class
 * @param settings the limits of the environment variables, which hold where no rule says anything else
 * @param users who has a key; absent where there are no keys
 */
public record Known(Map<String, LimitClass> endpoints, RateLimitSettings settings, Optional<KnownUsers> users) {
    /** Copies the endpoints. */
    public Known {
        endpoints = Map.copyOf(endpoints);
    }

    /** Returns whether an endpoint is meant by a rule's scope. */
    boolean isIn(Scope scope, String endpoint) {
        return scope.covers(endpoints.getOrDefault(endpoint, LimitClass.NONE), endpoint);
    }
}
