/** Proofs that a value is found out once, however many ask. */
@NullMarked
package dev.headway.server.fresh;

import org.jspecify.annotations.NullMarked;
