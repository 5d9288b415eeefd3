package dev.headway.server.http;

/** Hands out the meter of each endpoint when a server starts; safe to share between threads. */
public interface RequestMeters {
    /** Meters that take no notice. */
    RequestMeters NONE = new RequestMeters() {
        @Override
        public RequestMeter of(Route route) {
            return RequestMeter.NONE;
        }

        @Override
        public RequestMeter strays() {
            return RequestMeter.NONE;
        }

        @Override
        public void decisionTook(long nanos) {}
    };

    /** Returns the meter of an endpoint. */
    RequestMeter of(Route route);

    /** Returns the meter of requests that belong to no endpoint: unknown paths, preflights, what is not HTTP. */
    RequestMeter strays();

    /** Takes note of how long a decision about a limit took; told of a sample where decisions are fast. */
    void decisionTook(long nanos);
}
