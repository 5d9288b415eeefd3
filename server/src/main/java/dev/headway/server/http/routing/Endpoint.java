package dev.headway.server.http.routing;

import dev.headway.server.http.RequestMeter;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.EndpointLimit;

/**
 * A route with the limit that its requests are counted by, and the meter that counts what became of them; immutable.
 *
 * @param route the route
 * @param limit its limit
 * @param meter its meter
 */
public record Endpoint(Route route, EndpointLimit limit, RequestMeter meter) {}
