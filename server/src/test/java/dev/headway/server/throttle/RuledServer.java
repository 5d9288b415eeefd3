package dev.headway.server.throttle;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Tier;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.settings.LimitClass;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** A throttle whose policies are exchanged, with two endpoints and a clock that is moved by hand; for one test. */
final class RuledServer {
    static final Caller ANYBODY = Asking.anonymous("198.51.100.1");
    static final Caller NEIGHBOUR = Asking.anonymous("10.1.2.3");
    static final Caller ALICE = Asking.user("alice", "198.51.100.2", Tier.PRO);
    static final Caller BOB = Asking.user("bob", "198.51.100.3");
    static final String EXECUTE = "POST /api/training/execute";
    static final String CANCEL = "POST /api/training/cancel/{job_id}";

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    private final ManualTicker ticker = new ManualTicker();
    private final LoadSignal load = LoadSignal.off();
    private final Throttle throttle = new Throttle(
            RateLimits.with(RateLimits.countedBy(CountedBy.USER)),
            MemoryStore.builder().ticker(ticker).build(),
            Optional::empty,
            load,
            NOON);

    ManualTicker ticker() {
        return ticker;
    }

    LoadSignal load() {
        return load;
    }

    Throttle throttle() {
        return throttle;
    }

    EndpointLimit execute() {
        return throttle.limit(LimitClass.EXECUTE, EXECUTE);
    }

    EndpointLimit cancel() {
        return throttle.limit(LimitClass.GENERAL, CANCEL);
    }

    void adopt(Rules... rules) {
        adopt(Rules.policy(rules));
    }

    void adopt(Policy policy) {
        throttle.adopt(policy);
    }
}
