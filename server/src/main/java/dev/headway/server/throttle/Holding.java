package dev.headway.server.throttle;

import dev.headway.server.throttle.rules.Rule;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

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

    /** How a rule that is only tried would have decided at all endpoints; safe to share between threads. */
    static final class Trial {
        private final LongAdder admitted = new LongAdder();
        private final LongAdder refused = new LongAdder();

        void note(boolean isRefused) {
            (isRefused ? refused : admitted).increment();
        }

        long admitted() {
            return admitted.sum();
        }

        long refused() {
            return refused.sum();
        }
    }
}
