package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import java.util.Map;

/**
 * The counter of each tier, and that of everybody else; safe to share between threads.
 *
 * <p>All of them are views of the same windows, so that a user who changes tier keeps what is used.
 */
final class CounterByTier {
    private final CounterByLoad everybody;
    private final Map<Tier, CounterByLoad> tiers;

    CounterByTier(CounterByLoad everybody, Map<Tier, CounterByLoad> tiers) {
        this.everybody = everybody;
        this.tiers = tiers;
    }

    /** Returns what holds for a caller now. */
    Counter of(Caller caller) {
        if (tiers.isEmpty()
                || !(caller.identity() instanceof User user)
                || user.tier().isEmpty()) {
            return everybody.now();
        }
        return tiers.getOrDefault(user.tier().get(), everybody).now();
    }
}
