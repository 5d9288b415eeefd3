/** How weights move: AdamW with moments of our own, and the curve of the learning rate. */
@NullMarked
package dev.headway.trainer.optimizer;

import org.jspecify.annotations.NullMarked;
