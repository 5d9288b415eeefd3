package dev.headway.server.throttle;

import dev.headway.limiter.LimitStore;
import dev.headway.limiter.resilience.StoreHealth;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CallerRules;
import dev.headway.server.throttle.answer.LimitStanding;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.census.RefusalCensus;
import dev.headway.server.throttle.rules.BodyLength;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RulesNotKept;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * <p>Every endpoint has windows of its own in one shared store, so that clients are counted per route template; the class of
 * the route, and the rules of the policy, only say which limits hold. When rate limiting is disabled there is no limiter and
 * nothing is counted; who is denied is denied all the same.
 */
public final class Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(Throttle.class);

    private final RateLimitSettings settings;
    private final Supplier<Optional<StoreHealth>> health;
    private final LoadSignal load;
    private final Clock clock;
    private final CounterFactory counters;
    private final Doorman doorman;
    private final RefusalCensus census;
    private final List<CountedEndpoint> endpoints = new CopyOnWriteArrayList<>();
    private volatile InForce inForce;

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
        this.clock = clock;
        this.counters = new CounterFactory(settings, store, load, clock);
        this.census = new RefusalCensus(clock.instant());
        this.inForce = new InForce(Policy.NONE, Map.of(), Optional.empty());
        this.doorman =
                new Doorman(settings.callers().allowed(), settings.callers().denied(), counters.ofWrongKeys());
    }

    /** The policy that holds, what is noted about it, and its report if it is of a file. */
    private record InForce(Policy policy, Map<Rule, Trial> trials, Optional<PolicyReport> report) {
        static InForce begin(Policy policy, Instant now) {
            Map<Rule, Trial> trials = new LinkedHashMap<>();
            policy.rules().stream().filter(Rule::shadow).forEach(rule -> trials.put(rule, new Trial()));
            return new InForce(policy, trials, Optional.of(PolicyReport.of(policy, now)));
        }

        InForce withFaults(int count) {
            return new InForce(policy, trials, report.map(known -> known.withFaults(count)));
        }
    }

    /**
     * Lets a policy hold in the place of the one before, at all endpoints, also those that are still to come. Requests that are being
     * decided are decided by one of the two; what was counted stays counted.
     *
     * @throws RulesNotKept with all rules whose limits the store cannot keep; nothing has changed then
     */
    public synchronized void adopt(Policy policy) {
        InForce next = InForce.begin(policy, clock.instant());
        Map<CountedEndpoint, RuleTable> tables = new LinkedHashMap<>();
        Map<Rule, RulesNotKept.Problem> problems = new LinkedHashMap<>();
        for (CountedEndpoint endpoint : endpoints) {
            try {
                tables.put(endpoint, endpoint.tableOf(policy, next.trials()));
            } catch (RulesNotKept notKept) {
                notKept.problems().forEach(problem -> problems.putIfAbsent(problem.rule(), problem));
            }
        }
        if (!problems.isEmpty()) {
            throw new RulesNotKept(List.copyOf(problems.values()));
        }
        tables.forEach(CountedEndpoint::install);
        inForce = next;
    }

    /** Takes note that another policy was found to have so many faults, and that the one before therefore holds on. */
    public synchronized void noteFaults(int count) {
        inForce = inForce.withFaults(count);
    }

    /** Returns the policy that holds. */
    public Policy policy() {
        return inForce.policy();
    }

    /** Returns how rules that are only tried would have decided since the policy holds. */
    public List<PolicyReport.Tried> tried() {
        return PolicyReport.Tried.of(inForce.trials());
    }

    /** Returns how rules that are only tried would have decided since the server began, endpoint by endpoint. */
    public List<EndpointTrial> trials() {
        return endpoints.stream().map(CountedEndpoint::trial).toList();
    }

    /** Returns what would hold for a request of a caller to an endpoint, and why; nothing where nothing is counted. */
    public Optional<Explanation> explain(String endpoint, Caller caller, BodyLength body) {
        return endpoints.stream()
                .filter(counted -> counted.endpoint().equals(endpoint))
                .findFirst()
                .map(counted -> counted.explain(policy(), caller, body));
    }

    /** Returns the limit for an endpoint, named by verb and route template. */
    public synchronized EndpointLimit limit(LimitClass limitClass, String endpoint) {
        Optional<Rate> rate = settings.rates().of(limitClass);
        if (rate.isEmpty()) {
            return EndpointLimit.none();
        }
        return settings.enabled() ? counted(limitClass, endpoint) : this::denyOrAdmit;
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
        return ThrottleStatus.of(settings, inForce.policy(), inForce.report(), health.get(), load.report());
    }

    /** Logs the one line by which operators see at the start whether limits hold. */
    public void announce() {
        if (settings.enabled()) {
            LOG.info(
                    "[Rate Limit] ENABLED - Training execute: {}, General: {}, Filesystem: {}",
                    usually(LimitClass.EXECUTE),
                    usually(LimitClass.GENERAL),
                    usually(LimitClass.FILESYSTEM));
        } else {
            LOG.warn("[Rate Limit] DISABLED - Set RATE_LIMIT_ENABLED=true to enable");
        }
    }

    private String usually(LimitClass limitClass) {
        return ThrottleStatus.inForce(settings.rates(), inForce.policy(), limitClass, false)
                .orElseThrow();
    }

    private Ruling denyOrAdmit(Caller caller, BodyLength body) {
        return settings.callers().denied().contains(caller) ? Ruling.DENIED : Ruling.UNLIMITED;
    }

    private CountedEndpoint counted(LimitClass limitClass, String endpoint) {
        InForce now = inForce;
        Holdings holdings = counters.ofEndpoint(limitClass, endpoint, now.policy());
        CountedEndpoint counted = new CountedEndpoint(
                holdings,
                doorman,
                settings.callers().countedBy(),
                census,
                settings.storage().redis().isEmpty(),
                RuleTable.of(now.policy(), holdings, now.trials()));
        endpoints.add(counted);
        return counted;
    }
}
