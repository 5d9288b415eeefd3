package dev.headway.server.throttle;

import dev.headway.limiter.Decision;
import dev.headway.limiter.RateLimiter;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.ClientAddress;

/** Decides for one endpoint who may go on; safe to share between threads, and never blocks. */
public final class EndpointLimit {
    private static final EndpointLimit NONE = new EndpointLimit(caller -> new Ruling.Unlimited());

    private final Rule rule;

    @FunctionalInterface
    private interface Rule {
        Ruling decide(Caller caller);
    }

    private EndpointLimit(Rule rule) {
        this.rule = rule;
    }

    static EndpointLimit none() {
        return NONE;
    }

    static EndpointLimit of(RateLimiter limiter, RateFields fields, RefusalText text) {
        return new EndpointLimit(caller -> {
            ClientAddress network = caller.client().network();
            return ruling(limiter.tryAcquire(network.high(), network.low(), 1), fields, text);
        });
    }

    /** Counts one request of a client, or refuses it. */
    public Ruling decide(Caller caller) {
        return rule.decide(caller);
    }

    private static Ruling ruling(Decision decision, RateFields fields, RefusalText text) {
        if (decision instanceof Decision.Allowed allowed) {
            return new Ruling.Admitted(fields, allowed);
        }
        if (decision instanceof Decision.Refused refused) {
            return new Ruling.Refused(fields, text, refused);
        }
        throw new IllegalStateException("one permit can never be had: " + decision);
    }
}
