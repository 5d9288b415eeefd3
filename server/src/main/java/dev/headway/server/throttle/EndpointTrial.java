package dev.headway.server.throttle;

import dev.headway.server.throttle.settings.LimitClass;

/**
 * How all rules that were ever tried at an endpoint would have decided since the server began; safe to share between threads.
 *
 * @param endpoint verb and route template
 * @param limitClass its class
 * @param trial the counts, which go on
 */
public record EndpointTrial(String endpoint, LimitClass limitClass, Trial trial) {}
