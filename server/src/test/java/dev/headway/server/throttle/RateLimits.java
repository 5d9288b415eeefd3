package dev.headway.server.throttle;

import dev.headway.limiter.Algorithm;
import dev.headway.server.caller.CallerRules;
import dev.headway.server.caller.CallerSet;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.throttle.answer.HeaderStyle;
import dev.headway.server.throttle.answer.Message;
import dev.headway.server.throttle.answer.Wording;
import dev.headway.server.throttle.settings.Rate;
import dev.headway.server.throttle.settings.RateLimitSettings;
import dev.headway.server.throttle.settings.Rates;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that tests start from: the defaults of the product, written out. */
public final class RateLimits {
    private RateLimits() {}

    /** Returns 10/minute for execute and the other defaults, with nobody trusted. */
    public static RateLimitSettings defaults() {
        return with("10/minute", HeaderStyle.ALL, Optional.empty());
    }

    /** Returns the defaults but for the limit of execute, the header fields and the page of documentation. */
    public static RateLimitSettings with(String execute, HeaderStyle headers, Optional<String> documentation) {
        return new RateLimitSettings(
                true,
                rates(execute, Algorithm.SLIDING_WINDOW),
                new Wording(headers, Optional.empty(), documentation),
                countedBy(CountedBy.IP),
                10_000);
    }

    /** Returns the defaults with other rules for callers. */
    public static RateLimitSettings with(CallerRules callers) {
        RateLimitSettings all = defaults();
        return new RateLimitSettings(true, all.rates(), all.wording(), callers, all.maxClients());
    }

    /** Returns the defaults with another message. */
    public static RateLimitSettings saying(String message) {
        RateLimitSettings all = defaults();
        Wording wording = new Wording(HeaderStyle.ALL, Optional.of(Message.parse(message)), Optional.empty());
        return new RateLimitSettings(true, all.rates(), wording, all.callers(), all.maxClients());
    }

    /** Returns the defaults but for how they are counted. */
    public static RateLimitSettings countedBy(Algorithm algorithm) {
        RateLimitSettings all = defaults();
        return new RateLimitSettings(
                true, rates("10/minute", algorithm), all.wording(), all.callers(), all.maxClients());
    }

    /** Returns settings under which nothing is counted. */
    public static RateLimitSettings disabled() {
        RateLimitSettings on = defaults();
        return new RateLimitSettings(false, on.rates(), on.wording(), on.callers(), on.maxClients());
    }

    /** Returns rules that trust, allow and deny nobody. */
    public static CallerRules countedBy(CountedBy countedBy) {
        return new CallerRules(NetworkSet.of(List.of()), 64, countedBy, CallerSet.nobody(), CallerSet.nobody());
    }

    private static Rates rates(String execute, Algorithm algorithm) {
        return new Rates(
                Rate.parse(execute),
                Rate.parse("30/minute"),
                Rate.parse("60/minute"),
                Rate.parse("600/minute"),
                Rate.parse("10/minute"),
                Rate.parse("10/minute"),
                Map.of(
                        Tier.FREE, Rate.parse("5/minute"),
                        Tier.PRO, Rate.parse("20/minute"),
                        Tier.ENTERPRISE, Rate.parse("100/minute")),
                algorithm,
                Optional.of(Rate.parse("5/minute")));
    }
}
