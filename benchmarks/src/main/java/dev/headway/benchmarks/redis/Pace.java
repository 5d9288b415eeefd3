package dev.headway.benchmarks.redis;

import java.time.Duration;

/**
 * How long it is measured. Immutable.
 *
 * @param rounds how often each is measured after a first round that does not count, in which the JVM compiles; the median counts
 * @param warmUp the time before each measurement in which nothing is counted
 * @param duration the time of a measurement
 * @param benchmarkRequests the requests of a run of redis-benchmark
 */
record Pace(int rounds, Duration warmUp, Duration duration, int benchmarkRequests) {

    static final Pace QUICK = new Pace(3, Duration.ofMillis(500), Duration.ofMillis(1000), 80_000);
    static final Pace FULL = new Pace(7, Duration.ofMillis(1500), Duration.ofMillis(3500), 400_000);
}
