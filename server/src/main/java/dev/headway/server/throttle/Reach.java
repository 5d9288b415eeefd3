package dev.headway.server.throttle;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.RateLimitSettings;
import dev.headway.server.throttle.settings.Rates;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What is known of an endpoint before anything is counted; an immutable value.
 *
 * @param algorithm how it is counted where no rule says it otherwise
 * @param usual the limits where no rule names others
 * @param longest the longest window that rules need, for which a store may have to count in coarser ticks
 * @param longestTried the same for rules that are only tried
 */
record Reach(Algorithm algorithm, List<Limit> usual, Limit longest, Limit longestTried) {
    /** Returns what is known by the settings for the class of an endpoint, and by the rules about it. */
    static Reach of(RateLimitSettings settings, LimitClass limitClass, List<Rule> rules) {
        return new Reach(
                settings.rates().algorithm(),
                settings.rates().of(limitClass).orElseThrow().limits(),
                longest(settings.rates(), limitClass, rules, false),
                longest(settings.rates(), limitClass, rules, true));
    }

    /** Returns whether requests of a kind are counted as they are where no rule says it otherwise. */
    boolean isUsual(Windows.Kind kind) {
        Windows.Asked asked = new Windows.Asked(algorithm, OptionalInt.empty(), Optional.empty(), false);
        return kind.equals(Windows.Kind.of(asked, usual));
    }

    /** Returns the least limit of the longest window, which any limits can stand beside. */
    List<Limit> least(boolean tried) {
        Limit most = tried ? longestTried : longest;
        return List.of(new Limit(1, most.multiple(), most.unit()));
    }

    private static Limit longest(Rates rates, LimitClass limitClass, List<Rule> rules, boolean tried) {
        Stream<Limit> ofRates = Stream.concat(ofSettings(rates, limitClass), ofRules(rules, tried))
                .flatMap(rate -> rate.limits().stream());
        Stream<Limit> whileBusy = rates.busyOf(limitClass).stream().flatMap(busy -> busy.forEverybody().stream());
        return Stream.concat(ofRates, whileBusy)
                .max(Comparator.comparing(Limit::window))
                .orElseThrow();
    }

    private static Stream<Rate> ofSettings(Rates rates, LimitClass limitClass) {
        return Stream.concat(rates.of(limitClass).stream(), rates.tiersOf(limitClass).values().stream());
    }

    private static Stream<Rate> ofRules(List<Rule> rules, boolean tried) {
        return rules.stream()
                .filter(rule -> rule.shadow() == tried)
                .flatMap(rule -> Stream.concat(ofQuota(rule.terms().quota()), rule.terms().busy().stream()));
    }

    private static Stream<Rate> ofQuota(Quota quota) {
        return quota instanceof Quota.Of limits ? Stream.of(limits.rate()) : Stream.empty();
    }
}
