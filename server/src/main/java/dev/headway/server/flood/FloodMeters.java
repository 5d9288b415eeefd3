package dev.headway.server.flood;

import dev.headway.server.caller.Caller;
import dev.headway.server.http.RequestMeter;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.answer.Ruling;

/** Tells floods of whoever is refused or not served, and other meters of everything; safe to share between threads. */
public final class FloodMeters implements RequestMeters {
    private final Floods floods;
    private final RequestMeters others;

    /** Tells these. */
    public FloodMeters(Floods floods, RequestMeters others) {
        this.floods = floods;
        this.others = others;
    }

    @Override
    public RequestMeter of(Route route) {
        return new FloodMeter(floods, route.endpoint(), others.of(route));
    }

    @Override
    public RequestMeter strays() {
        return others.strays();
    }

    @Override
    public void decisionTook(long nanos) {
        others.decisionTook(nanos);
    }

    private record FloodMeter(Floods floods, String endpoint, RequestMeter other) implements RequestMeter {
        @Override
        public void decided(Ruling ruling, Caller caller) {
            other.decided(ruling, caller);
            if (ruling instanceof Ruling.Refused || ruling instanceof Ruling.Denied) {
                floods.count(caller, endpoint);
            }
        }

        @Override
        public void answered(int status) {
            other.answered(status);
        }

        @Override
        public void took(int status, long nanos) {
            other.took(status, nanos);
        }
    }
}
