package dev.headway.benchmarks.redis;

/**
 * What a measurement came to. Immutable.
 *
 * @param perSecond decisions per second
 * @param admitted the share of them that was admitted, from 0 to 1
 */
record Rate(double perSecond, double admitted) {}
