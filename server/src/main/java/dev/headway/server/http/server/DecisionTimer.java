package dev.headway.server.http.server;

import dev.headway.limiter.Ticker;
import dev.headway.server.caller.Caller;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.routing.Endpoint;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.rules.BodyLength;
import java.util.concurrent.CompletionStage;

/**
 * Has limits decide, and measures how long that takes; for one event loop.
 *
 * <p>A decision in memory takes some hundred nanoseconds, of which reading the time twice would be a good part: one of 64 is
 * measured. One for which a store elsewhere is asked is measured every time.
 */
final class DecisionTimer {
    private static final int ONE_OF = 64;

    private final RequestMeters meters;
    private final Ticker ticker;
    private int decisions;

    DecisionTimer(RequestMeters meters, Ticker ticker) {
        this.meters = meters;
        this.ticker = ticker;
    }

    /** Returns what a limit in memory decides. */
    Ruling decide(Endpoint endpoint, Caller caller, BodyLength length) {
        if (decisions++ % ONE_OF != 0) {
            return endpoint.limit().decide(caller, length);
        }
        long startNanos = ticker.nanos();
        Ruling ruling = endpoint.limit().decide(caller, length);
        meters.decisionTook(ticker.nanos() - startNanos);
        return ruling;
    }

    /** Returns what a limit decides for which a store elsewhere is asked. */
    CompletionStage<Ruling> decideLater(Endpoint endpoint, Caller caller, BodyLength length) {
        long startNanos = ticker.nanos();
        return endpoint.limit()
                .decideLater(caller, length)
                .whenComplete((ruling, fault) -> meters.decisionTook(ticker.nanos() - startNanos));
    }
}
