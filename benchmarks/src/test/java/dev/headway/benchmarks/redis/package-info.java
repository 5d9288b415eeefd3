/** Claims about the benchmark of limiters in Redis. */
@NullMarked
package dev.headway.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
