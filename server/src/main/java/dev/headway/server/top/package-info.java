/** A look at a server that runs: who is refused most. */
@NullMarked
package dev.headway.server.top;

import org.jspecify.annotations.NullMarked;
