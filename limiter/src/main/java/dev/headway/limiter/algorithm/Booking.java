package dev.headway.limiter.algorithm;

/**
 * Permits that will be taken at a known time to come. Immutable.
 *
 * @param tick when
 * @param permits how many
 */
public record Booking(long tick, int permits) {}
