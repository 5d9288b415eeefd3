/** Proofs for the pure steps. */
@NullMarked
package dev.headway.limiter.algorithm;

import org.jspecify.annotations.NullMarked;
