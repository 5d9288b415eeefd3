package dev.headway.benchmarks;

/**
 * What a decision costs in one scenario. Immutable.
 *
 * @param nanos the median over all iterations, in nanoseconds per decision in each thread
 * @param bytes what a decision allocates
 */
record Timing(double nanos, double bytes) {}
