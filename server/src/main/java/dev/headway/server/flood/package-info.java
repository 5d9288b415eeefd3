/** Tells in the log who is refused: a few lines for each flood, however large it is. */
@NullMarked
package dev.headway.server.flood;

import org.jspecify.annotations.NullMarked;
