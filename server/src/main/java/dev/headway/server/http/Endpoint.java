package dev.headway.server.http;

import dev.headway.server.throttle.EndpointLimit;

/**
 * A route with the limit that its requests are counted by; immutable.
 *
 * @param route the route
 * @param limit its limit
 */
record Endpoint(Route route, EndpointLimit limit) {}
