/** What a finished model can do: answers it writes itself, held against the right ones. */
@NullMarked
package dev.headway.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
