package dev.headway.server.http;

import dev.headway.server.caller.Caller;
import dev.headway.server.throttle.answer.Ruling;

/**
 * Is told what becomes of the requests of one endpoint; safe to share between threads.
 *
 * <p>It is called on event loops for every request, refused ones included: it must neither block nor allocate.
 */
public interface RequestMeter {
    /** The meter that takes no notice. */
    RequestMeter NONE = new RequestMeter() {
        @Override
        public void decided(Ruling ruling, Caller caller) {}

        @Override
        public void answered(int status) {}

        @Override
        public void took(int status, long nanos) {}
    };

    /** Takes note of what was decided about a request of a caller. */
    void decided(Ruling ruling, Caller caller);

    /** Takes note of the status that a request is answered with. */
    void answered(int status);

    /**
     * Takes note of how long it was from the head of a request to its answer of this status; told of every request that was
     * admitted, and of a sample of the others.
     */
    void took(int status, long nanos);
}
