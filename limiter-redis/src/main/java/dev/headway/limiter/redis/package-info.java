/** Limits shared by many servers: the limiter's algorithms, decided in Redis by one script each. */
@NullMarked
package dev.headway.limiter.redis;

import org.jspecify.annotations.NullMarked;
