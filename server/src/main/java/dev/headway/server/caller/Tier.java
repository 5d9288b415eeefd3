package dev.headway.server.caller;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a user has been promised, and with it the limit for submitting jobs; an immutable value. */
public enum Tier {
    /** {@code RATE_LIMIT_FREE_TIER}. */
    FREE,
    /** {@code RATE_LIMIT_PRO_TIER}. */
    PRO,
    /** {@code RATE_LIMIT_ENTERPRISE_TIER}. */
    ENTERPRISE;

    /** Finds the tier of this name in any case. */
    public static Optional<Tier> find(String name) {
        return Stream.of(values())
                .filter(tier -> tier.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns the name as it is written in files of keys. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
