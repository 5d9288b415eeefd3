/** The ways in which a run can end badly, each carrying the sentence that the user is to read. */
@NullMarked
package dev.headway.trainer.failure;

import org.jspecify.annotations.NullMarked;
