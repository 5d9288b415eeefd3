package dev.headway.server.throttle;

import dev.headway.server.caller.NetworkSet;
import java.util.List;
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
                Rate.parse(execute),
                Rate.parse("30/minute"),
                Rate.parse("60/minute"),
                Rate.parse("600/minute"),
                Rate.parse("10/minute"),
                headers,
                documentation,
                NetworkSet.of(List.of()),
                64,
                10_000);
    }

    /** Returns settings under which nothing is counted. */
    public static RateLimitSettings disabled() {
        RateLimitSettings on = defaults();
        return new RateLimitSettings(
                false,
                on.execute(),
                on.general(),
                on.filesystem(),
                on.read(),
                on.download(),
                on.headers(),
                on.documentation(),
                on.trustedProxies(),
                on.ipv6Prefix(),
                on.maxClients());
    }
}
