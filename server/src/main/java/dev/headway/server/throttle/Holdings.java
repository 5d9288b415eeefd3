package dev.headway.server.throttle;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.server.caller.Tier;
import dev.headway.server.throttle.answer.PolicyNames;
import dev.headway.server.throttle.answer.Rulings;
import dev.headway.server.throttle.answer.Wording;
import dev.headway.server.throttle.rules.Audience;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RuleTerms;
import dev.headway.server.throttle.rules.Weight;
import dev.headway.server.throttle.settings.BusyLimits;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.RateLimitSettings;
import dev.headway.server.throttle.settings.Rates;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes of rules, and of the environment variables, what holds at one endpoint and counts there; safe to share between threads. */
final class Holdings {
    private static final String REASON = "Too many requests";

    private final RateLimitSettings settings;
    private final LoadSignal load;
    private final Clock clock;
    private final LimitClass limitClass;
    private final Rate usual;
    private final String endpoint;
    private final Windows windows;

    /**
     * Makes holdings of one endpoint.
     *
     * @param settings the environment variables
     * @param load whether the server is busy
     * @param clock the time of day, for header fields that name a moment
     * @param limitClass the class of the endpoint, of which there are limits
     * @param endpoint verb and route template
     * @param windows what is counted
     */
    Holdings(
            RateLimitSettings settings,
            LoadSignal load,
            Clock clock,
            LimitClass limitClass,
            String endpoint,
            Windows windows) {
        this.settings = settings;
        this.load = load;
        this.clock = clock;
        this.limitClass = limitClass;
        this.usual = settings.rates().of(limitClass).orElseThrow();
        this.endpoint = endpoint;
        this.windows = windows;
    }

    /**
     * Finds what becomes of the limits of a rule while the server is busy. Those of a rule for everybody are lowered as the usual ones
     * are, and those of a rule for somebody as those of a tier are.
     */
    static Optional<List<Limit>> lowered(Rates rates, LimitClass limitClass, Rule rule, List<Limit> limits) {
        Algorithm algorithm = rule.terms().algorithm().orElse(rates.algorithm());
        boolean isForEverybody = rule.audience().equals(Audience.EVERYBODY);
        return rule.terms()
                .busy()
                .or(() -> isForEverybody ? rates.busyRateOf(limitClass) : Optional.empty())
                .map(busy -> new BusyLimits(limits, busy.limits(), algorithm).forEverybody())
                .or(() -> rates.busyOf(limitClass).map(busy -> busy.forTier(limits)));
    }

    /** Returns verb and route template. */
    String endpoint() {
        return endpoint;
    }

    /** Returns the class of the endpoint. */
    LimitClass limitClass() {
        return limitClass;
    }

    /** Returns the rules of a policy that are about the endpoint, in their order. */
    List<Rule> rules(Policy policy) {
        return policy.about(limitClass, endpoint);
    }

    /** Forgets what was counted for a key, by whatever rule. */
    void reset(long high, long low) {
        windows.reset(high, low);
    }

    /** Returns what holds where no rule does. */
    Holding usual() {
        Windows.Asked asked =
                new Windows.Asked(settings.rates().algorithm(), OptionalInt.empty(), Optional.empty(), false);
        Manner manner = new Manner(asked, limitClass.policy(), settings.wording(), Weight.ONE);
        return new Holding(
                Optional.empty(),
                Optional.of(asUsual(manner, settings.rates().busyOf(limitClass))),
                Holding.NOTHING.trial());
    }

    /**
     * Returns what holds by a rule.
     *
     * @throws IllegalArgumentException when the store cannot keep its limits, saying why
     */
    Holding of(Rule rule, Trial trial) {
        return new Holding(Optional.of(rule), counters(rule, manner(rule)), trial);
    }

    private Manner manner(Rule rule) {
        RuleTerms terms = rule.terms();
        Windows.Asked asked = new Windows.Asked(
                terms.algorithm().orElse(settings.rates().algorithm()), terms.burst(), terms.penalty(), rule.shadow());
        return new Manner(
                asked, rule.name().orElse(limitClass.policy()), terms.wording(settings.wording()), terms.weight());
    }

    private Optional<CounterByTier> counters(Rule rule, Manner manner) {
        Quota quota = rule.terms().quota();
        if (quota instanceof Quota.Unlimited) {
            return Optional.empty();
        }
        return Optional.of(
                quota instanceof Quota.Of limits
                        ? forAll(rule, manner, limits.rate().limits())
                        : asUsual(manner, usualLowering(rule.terms(), manner)));
    }

    private Optional<BusyLimits> usualLowering(RuleTerms terms, Manner manner) {
        return terms.busy()
                .map(busy -> new BusyLimits(
                        usual.limits(), busy.limits(), manner.asked().algorithm()))
                .or(() -> settings.rates().busyOf(limitClass));
    }

    private CounterByTier forAll(Rule rule, Manner manner, List<Limit> limits) {
        Optional<List<Limit>> lowered = lowered(settings.rates(), limitClass, rule, limits);
        return new CounterByTier(byLoad(manner, limits, lowered), Map.of());
    }

    private CounterByTier asUsual(Manner manner, Optional<BusyLimits> busy) {
        Map<Tier, CounterByLoad> tiers = new EnumMap<>(Tier.class);
        CounterByLoad everybody = byLoad(manner, usual.limits(), busy.map(BusyLimits::forEverybody));
        settings.rates()
                .tiersOf(limitClass)
                .forEach((tier, rate) -> tiers.put(
                        tier, byLoad(manner, rate.limits(), busy.map(lowering -> lowering.forTier(rate.limits())))));
        return new CounterByTier(everybody, tiers);
    }

    private CounterByLoad byLoad(Manner manner, List<Limit> limits, Optional<List<Limit>> busy) {
        Counter usually = counter(manner, limits, PolicyNames.of(manner.policy(), limits));
        Counter lowered = busy.filter(others -> !others.equals(limits))
                .map(others -> counter(manner, others, PolicyNames.whileBusy(manner.policy(), others, limits)))
                .orElse(usually);
        return new CounterByLoad(load, usually, lowered);
    }

    private Counter counter(Manner manner, List<Limit> limits, PolicyNames names) {
        RateLimiter limiter = windows.limiter(manner.asked(), limits);
        return new Counter(
                limiter,
                names,
                new Rulings(names, manner.wording(), REASON, endpoint, clock),
                manner.weight(),
                manner.possible(limits));
    }

    /** How requests are counted and refusals told, whatever the limits are. */
    private record Manner(Windows.Asked asked, String policy, Wording wording, Weight weight) {
        /** Returns how many permits a request can have at most: all that a window, or a bucket, holds. */
        int possible(List<Limit> limits) {
            return limits.stream()
                    .mapToInt(limit -> asked.burst().orElse(limit.permits()))
                    .min()
                    .orElseThrow();
        }
    }
}
