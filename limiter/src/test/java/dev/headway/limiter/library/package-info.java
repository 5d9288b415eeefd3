/** Proofs that the jar is a library to depend on: a module, documented, with a surface that does not grow unnoticed. */
@NullMarked
package dev.headway.limiter.library;

import org.jspecify.annotations.NullMarked;
