package dev.headway.server.throttle;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitStore;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreFailurePolicy;
import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Tier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the limit of each endpoint, and knows how all of them stand; safe to share between threads.
 *
 * <p>Every endpoint has a limiter of its own over one shared store, so that clients are counted per route template, and
 * the class of the route only says which limit that limiter keeps. When rate limiting is disabled there is no limiter and
 * nothing is counted; who is denied is denied all the same.
 */
public final class Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(Throttle.class);
    private static final String AUTH_FAILURE = "auth-failure";
    private static final String REASON = "Too many requests";

    private final RateLimitSettings settings;
    private final LimitStore store;
    private final Supplier<Optional<StoreHealth>> health;
    private final LoadSignal load;
    private final Clock clock;
    private final Doorman doorman;
    private final RefusalCensus census;
    private final List<CountedEndpoint> endpoints = new CopyOnWriteArrayList<>();

    /**
     * Keeps limits in a store.
     *
     * @param settings the limits
     * @param store where clients are counted; the caller closes it
     * @param clock the time of day, for header fields that name a moment
     */
    public Throttle(RateLimitSettings settings, LimitStore store, Clock clock) {
        this(settings, store, Optional::empty, LoadSignal.off(), clock);
    }

    /**
     * Keeps limits in a store that may be away, some of them lower ones while the server is busy.
     *
     * @param settings the limits
     * @param store where clients are counted; the caller closes it
     * @param health how the shared store is, if the store is one
     * @param load whether the server is busy
     * @param clock the time of day, for header fields that name a moment
     */
    public Throttle(
            RateLimitSettings settings,
            LimitStore store,
            Supplier<Optional<StoreHealth>> health,
            LoadSignal load,
            Clock clock) {
        this.settings = settings;
        this.health = health;
        this.load = load;
        this.store = store;
        this.clock = clock;
        this.census = new RefusalCensus(clock.instant());
        this.doorman =
                new Doorman(settings.callers().allowed(), settings.callers().denied(), authFailures());
    }

    /** Returns the limit for an endpoint, named by verb and route template. */
    public EndpointLimit limit(LimitClass limitClass, String endpoint) {
        Optional<Rate> rate = settings.rates().of(limitClass);
        if (rate.isEmpty()) {
            return EndpointLimit.none();
        }
        return settings.enabled() ? counted(limitClass, endpoint, rate.get()) : this::denyOrAdmit;
    }

    /** Returns how the limits that hold for a caller stand, endpoint by endpoint; empty when nothing is counted. */
    public List<LimitStanding> standings(Caller caller) {
        List<LimitStanding> standings = new ArrayList<>();
        endpoints.forEach(endpoint -> standings.addAll(endpoint.standings(caller)));
        return standings;
    }

    /** Returns how many wrong keys the network of a caller may still show; empty when nothing is counted. */
    public List<LimitStanding> keyStandings(Caller caller) {
        return settings.enabled() ? doorman.standings(caller) : List.of();
    }

    /** Forgets what was counted for a caller, so that its quotas of all endpoints are whole. */
    public void reset(Caller caller) {
        endpoints.forEach(endpoint -> endpoint.reset(caller));
    }

    /** Forgets the wrong keys that the network of a caller has shown. */
    public void resetKeys(Caller caller) {
        doorman.reset(caller);
    }

    /** Returns who is refused how often. */
    public RefusalCensus refusals() {
        return census;
    }

    /** Returns how callers are told apart. */
    public CallerRules callers() {
        return settings.callers();
    }

    /** Returns how limits are set, for health reports. */
    public ThrottleStatus status() {
        return ThrottleStatus.of(settings, health.get(), load.report());
    }

    /** Logs the one line by which operators see at the start whether limits hold. */
    public void announce() {
        if (settings.enabled()) {
            LOG.info(
                    "[Rate Limit] ENABLED - Training execute: {}, General: {}, Filesystem: {}",
                    settings.rates().execute(),
                    settings.rates().general(),
                    settings.rates().filesystem());
        } else {
            LOG.warn("[Rate Limit] DISABLED - Set RATE_LIMIT_ENABLED=true to enable");
        }
    }

    private Ruling denyOrAdmit(Caller caller) {
        return settings.callers().denied().contains(caller) ? Ruling.DENIED : Ruling.UNLIMITED;
    }

    private CountedEndpoint counted(LimitClass limitClass, String endpoint, Rate rate) {
        RateLimiter limiter =
                limiter(limiterName(endpoint), rate, settings.rates().algorithm());
        Optional<BusyLimits> busy = settings.rates().busyOf(limitClass);
        Map<Tier, CounterByLoad> tiers = new EnumMap<>(Tier.class);
        settings.rates().tiersOf(limitClass).forEach((tier, limits) -> {
            RateLimiter ofTier = limiter.withLimits(limits.limits());
            tiers.put(
                    tier,
                    byLoad(ofTier, busy.map(lowering -> lowering.lowered(limits.limits())), limitClass, endpoint));
        });
        CountedEndpoint counted = new CountedEndpoint(
                endpoint,
                doorman,
                settings.callers().countedBy(),
                byLoad(limiter, busy.map(BusyLimits::everybodys), limitClass, endpoint),
                tiers,
                census,
                settings.storage().redis().isEmpty());
        endpoints.add(counted);
        return counted;
    }

    private Counter authFailures() {
        RateLimiter limiter = limiter(AUTH_FAILURE, settings.rates().authFailure(), Algorithm.SLIDING_WINDOW);
        PolicyNames names = PolicyNames.of(AUTH_FAILURE, limiter.limits());
        return counter(limiter, names, "Too many wrong keys", "any endpoint");
    }

    private RateLimiter limiter(String name, Rate rate, Algorithm algorithm) {
        return RateLimiter.builder()
                .name(name)
                .limits(rate.limits())
                .algorithm(algorithm)
                .store(store)
                .onStoreFailure(policy())
                .build();
    }

    /** Where limits go on in memory the store never fails. */
    private StoreFailurePolicy policy() {
        return switch (settings.storage().whenAway()) {
            case MEMORY -> StoreFailurePolicy.THROW;
            case ALLOW -> StoreFailurePolicy.ALLOW;
            case DENY -> StoreFailurePolicy.REFUSE;
        };
    }

    private CounterByLoad byLoad(
            RateLimiter limiter, Optional<List<Limit>> busy, LimitClass limitClass, String endpoint) {
        Counter usual = counter(limiter, PolicyNames.of(limitClass.policy(), limiter.limits()), REASON, endpoint);
        Counter lowered = busy.filter(limits -> !limits.equals(limiter.limits()))
                .map(limits -> counter(
                        limiter.withLimits(limits),
                        PolicyNames.whileBusy(limitClass.policy(), limits, limiter.limits()),
                        REASON,
                        endpoint))
                .orElse(usual);
        return new CounterByLoad(load, usual, lowered);
    }

    private Counter counter(RateLimiter limiter, PolicyNames names, String reason, String endpoint) {
        return new Counter(
                limiter,
                names,
                new RateFields(limiter.limits(), names, settings.wording().headers(), clock),
                new RefusalText(names, settings.wording(), reason, endpoint));
    }

    /** Returns an endpoint in the letters that a limiter's name may have: {@code POST-api-training-cancel-job_id}. */
    private static String limiterName(String endpoint) {
        return endpoint.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("-$", "");
    }
}
