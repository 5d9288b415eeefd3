package dev.headway.server.throttle;

import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreFailurePolicy;
import dev.headway.server.throttle.answer.PolicyNames;
import dev.headway.server.throttle.answer.Rulings;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Weight;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.time.Clock;
import java.util.List;

/**
 * Makes what counts, of endpoints and of wrong keys, all of it in one store; immutable, so threads may share it.
 *
 * @param settings the limits
 * @param store where is counted
 * @param load whether the server is busy
 * @param clock the time of day, for header fields that name a moment
 */
record CounterFactory(RateLimitSettings settings, LimitStore store, LoadSignal load, Clock clock) {
    private static final String AUTH_FAILURE = "auth-failure";

    /** Returns what makes the counters of an endpoint, which has windows of its own; the policy says how long they may become. */
    Holdings ofEndpoint(LimitClass limitClass, String endpoint, Policy policy) {
        Windows windows = new Windows(
                limiterName(endpoint),
                store,
                failures(),
                Reach.of(settings, limitClass, policy.about(limitClass, endpoint)));
        return new Holdings(settings, load, clock, limitClass, endpoint, windows);
    }

    /** Returns the counter of keys that are none. */
    Counter ofWrongKeys() {
        List<Limit> limits = settings.rates().authFailure().limits();
        RateLimiter limiter = RateLimiter.builder()
                .name(AUTH_FAILURE)
                .limits(limits)
                .store(store)
                .onStoreFailure(failures())
                .build();
        PolicyNames names = PolicyNames.of(AUTH_FAILURE, limits);
        Rulings rulings = new Rulings(names, settings.wording(), "Too many wrong keys", "any endpoint", clock);
        return new Counter(limiter, names, rulings, Weight.ONE, 1);
    }

    /** Where limits go on in memory the store never fails. */
    private StoreFailurePolicy failures() {
        return switch (settings.storage().whenAway()) {
            case MEMORY -> StoreFailurePolicy.THROW;
            case ALLOW -> StoreFailurePolicy.ALLOW;
            case DENY -> StoreFailurePolicy.REFUSE;
        };
    }

    /** Returns an endpoint in the letters that a limiter's name may have: {@code POST-api-training-cancel-job_id}. */
    private static String limiterName(String endpoint) {
        return endpoint.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("-$", "");
    }
}
