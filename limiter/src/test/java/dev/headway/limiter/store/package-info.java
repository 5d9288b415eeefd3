/** Proofs for the store in memory, and the contract that every store keeps. */
@NullMarked
package dev.headway.limiter.store;

import org.jspecify.annotations.NullMarked;
