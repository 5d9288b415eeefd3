package dev.headway.server.throttle;

import dev.headway.server.caller.Caller;

/** Decides for one endpoint who may go on; safe to share between threads, and never blocks. */
@FunctionalInterface
public interface EndpointLimit {
    /** Counts one request of a caller, or refuses it. */
    Ruling decide(Caller caller);

    /** Returns the limit that lets everybody go on, and counts nothing. */
    static EndpointLimit none() {
        return caller -> Ruling.UNLIMITED;
    }
}
