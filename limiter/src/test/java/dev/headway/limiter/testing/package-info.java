/** Proofs for what users test with, and the generators that proofs share. */
@NullMarked
package dev.headway.limiter.testing;

import org.jspecify.annotations.NullMarked;
