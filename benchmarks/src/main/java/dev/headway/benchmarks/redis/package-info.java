/** How many decisions per second a limiter has of one Redis, ours beside Bucket4j, a naive script and Redis's own benchmark. */
@NullMarked
package dev.headway.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
