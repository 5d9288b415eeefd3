/** The run itself: step by step from the first to the last, to be stopped and taken up again at any of them. */
@NullMarked
package dev.headway.trainer.loop;

import org.jspecify.annotations.NullMarked;
