/** Proofs that a value is found out once, however many ask. */
@NullMarked
package dev.headway.server.refresh;

import org.jspecify.annotations.NullMarked;
