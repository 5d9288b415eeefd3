/** What a run tells the world while it runs: progress.json, its metrics, and its log. */
@NullMarked
package dev.headway.trainer.progress;

import org.jspecify.annotations.NullMarked;
