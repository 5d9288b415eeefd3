/** The limiter beside its peers: what a decision costs in time and memory, measured by JMH and printed as tables. */
@NullMarked
package dev.headway.benchmarks;

import org.jspecify.annotations.NullMarked;
