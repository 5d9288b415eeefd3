/** The algorithms as pure steps: from a state, a moment and a wish to a new state and a verdict, with no clock and no lock. */
@NullMarked
package dev.headway.limiter.algorithm;

import org.jspecify.annotations.NullMarked;
