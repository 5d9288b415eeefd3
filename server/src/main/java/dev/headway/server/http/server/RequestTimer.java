package dev.headway.server.http.server;

import dev.headway.limiter.Ticker;
import dev.headway.server.caller.Caller;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.routing.Endpoint;
import dev.headway.server.throttle.answer.Ruling;
import java.util.concurrent.CompletionStage;

/**
 * Has limits decide, and measures how long that takes, and how long it is until a request is answered; for one event loop.
 *
 * <p>A decision in memory takes some hundred nanoseconds, of which reading the time twice would be a good part: one of 64 is
 * measured, and with it the request, whatever becomes of it. A decision for which a store elsewhere is asked, and a request
 * that is admitted, cost so much more that all of them are measured.
 */
final class RequestTimer {
    private static final int ONE_OF = 64;

    private final RequestMeters meters;
    private final Ticker ticker;
    private int decisions;

    RequestTimer(RequestMeters meters, Ticker ticker) {
        this.meters = meters;
        this.ticker = ticker;
    }

    /** Returns what a limit in memory decides. */
    Ruling decide(Exchange exchange, Endpoint endpoint, Caller caller) {
        if (decisions++ % ONE_OF != 0) {
            return endpoint.limit().decide(caller, exchange);
        }
        long startNanos = begin(exchange);
        Ruling ruling = endpoint.limit().decide(caller, exchange);
        meters.decisionTook(ticker.nanos() - startNanos);
        return ruling;
    }

    /** Returns what a limit decides for which a store elsewhere is asked. */
    CompletionStage<Ruling> decideLater(Exchange exchange, Endpoint endpoint, Caller caller) {
        long startNanos = begin(exchange);
        return endpoint.limit()
                .decideLater(caller, exchange)
                .whenComplete((ruling, fault) -> meters.decisionTook(ticker.nanos() - startNanos));
    }

    /** Takes note that a request goes on. */
    void admitted(Exchange exchange) {
        if (exchange.beganNanos().isEmpty()) {
            begin(exchange);
        }
    }

    /** Takes note that a request is answered. */
    void answered(Exchange exchange, int status) {
        if (exchange.beganNanos().isPresent()) {
            exchange.meter().took(status, ticker.nanos() - exchange.beganNanos().getAsLong());
        }
    }

    private long begin(Exchange exchange) {
        long startNanos = ticker.nanos();
        exchange.measureFrom(startNanos);
        return startNanos;
    }
}
