/** What is left on the disk: model directories other tools can load, and checkpoints a run goes on from. */
@NullMarked
package dev.headway.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
