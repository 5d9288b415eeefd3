/** What lets a limiter live with a store that is far away: a breaker, a stand-in, and a memory of refusals. */
@NullMarked
package dev.headway.limiter.resilience;

import org.jspecify.annotations.NullMarked;
