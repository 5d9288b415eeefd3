@NullMarked
package dev.headway.limiter.redis;

import org.jspecify.annotations.NullMarked;
