package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.rules.BodyLength;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides for one endpoint who may go on; safe to share between threads, and never blocks. */
@FunctionalInterface
public interface EndpointLimit {
    /** Counts one request of a caller, or refuses it; only where that {@linkplain #isImmediate can be done at once}. */
    Ruling decide(Caller caller, BodyLength body);

    /** Decides about a request without a body. */
    default Ruling decide(Caller caller) {
        return decide(caller, BodyLength.NONE);
    }

    /** Returns whether requests are counted in memory, so that {@link #decide} waits for nothing. */
    default boolean isImmediate() {
        return true;
    }

    /** Counts one request of a caller, or refuses it, when a store elsewhere has answered; on any thread. */
    default CompletionStage<Ruling> decideLater(Caller caller, BodyLength body) {
        return CompletableFuture.completedFuture(decide(caller, body));
    }

    /** Returns the limit that lets everybody go on, and counts nothing. */
    static EndpointLimit none() {
        return (caller, body) -> Ruling.UNLIMITED;
    }
}
