/** Proofs for limits as values and for the limiter. */
@NullMarked
package dev.headway.limiter;

import org.jspecify.annotations.NullMarked;
