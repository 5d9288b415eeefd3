package dev.headway.server.throttle;

import dev.headway.limiter.LimitStore;
import dev.headway.limiter.RateLimiter;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the limit of each endpoint; immutable, so threads may share it.
 *
 * <p>Every endpoint has a limiter of its own over one shared store, so that clients are counted per route template, and
 * the class of the route only says which limit that limiter keeps. When rate limiting is disabled there is no limiter and
 * nothing is counted.
 */
public final class Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(Throttle.class);

    private final RateLimitSettings settings;
    private final LimitStore store;
    private final Clock clock;

    /**
     * Keeps limits in a store.
     *
     * @param settings the limits
     * @param store where clients are counted; the caller closes it
     * @param clock the time of day, for header fields that name a moment
     */
    public Throttle(RateLimitSettings settings, LimitStore store, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    /** Returns the limit for an endpoint, named by verb and route template. */
    public EndpointLimit limit(LimitClass limitClass, String endpoint) {
        Optional<Rate> rate = settings.enabled() ? settings.rate(limitClass) : Optional.empty();
        return rate.map(limits -> limit(limitClass, endpoint, limits)).orElseGet(EndpointLimit::none);
    }

    /** Returns how limits are set, for health reports. */
    public ThrottleStatus status() {
        return ThrottleStatus.of(settings);
    }

    /** Logs the one line by which operators see at the start whether limits hold. */
    public void announce() {
        if (settings.enabled()) {
            LOG.info(
                    "[Rate Limit] ENABLED - Training execute: {}, General: {}, Filesystem: {}",
                    settings.execute(),
                    settings.general(),
                    settings.filesystem());
        } else {
            LOG.warn("[Rate Limit] DISABLED - Set RATE_LIMIT_ENABLED=true to enable");
        }
    }

    private EndpointLimit limit(LimitClass limitClass, String endpoint, Rate rate) {
        RateLimiter limiter = RateLimiter.builder()
                .name(limiterName(endpoint))
                .limits(rate.limits())
                .store(store)
                .build();
        PolicyNames names = PolicyNames.of(limitClass.policy(), rate.limits());
        return EndpointLimit.of(
                limiter,
                new RateFields(rate.limits(), names, settings.headers(), clock),
                new RefusalText(names, settings.documentation()));
    }

    /** Returns an endpoint in the letters that a limiter's name may have: {@code POST-api-training-cancel-job_id}. */
    private static String limiterName(String endpoint) {
        return endpoint.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("-$", "");
    }
}
