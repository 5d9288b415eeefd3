/** The rate limiters that are compared, each behind the same two questions. */
@NullMarked
package dev.headway.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
