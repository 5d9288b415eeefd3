/** What a finished model can do: what it finds likely, and what it writes, held against what is right. */
@NullMarked
package dev.headway.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
