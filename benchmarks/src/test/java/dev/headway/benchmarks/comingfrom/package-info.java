/** The same tasks by the peers and by us, side by side, and what is different: the snippets of limiter/docs/coming-from.md. */
@NullMarked
package dev.headway.benchmarks.comingfrom;

import org.jspecify.annotations.NullMarked;
