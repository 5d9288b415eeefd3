/** Limits shared by many servers: the exact sliding window of the limiter, decided in Redis by one script. */
@NullMarked
package dev.headway.limiter.redis;

import org.jspecify.annotations.NullMarked;
