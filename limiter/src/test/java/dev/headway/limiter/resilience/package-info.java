/** Claims about living with a store that is far away. */
@NullMarked
package dev.headway.limiter.resilience;

import org.jspecify.annotations.NullMarked;
