package dev.headway.server.throttle;

import dev.headway.server.throttle.rules.Rule;
import java.util.Optional;

/**
 * What holds by a rule at one endpoint, or by the environment variables; safe to share between threads.
 *
 * @param rule the rule; absent where no rule says anything
 * @param counters what counts; absent where nothing is counted
 * @param trial how a rule that is only tried would have decided
 */
record Holding(Optional<Rule> rule, Optional<CounterByTier> counters, Trial trial) {
    /** What holds where nothing does. */
    static final Holding NOTHING = new Holding(Optional.empty(), Optional.empty(), new Trial());
}
