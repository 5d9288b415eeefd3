package dev.headway.trainer.loop;

/**
 * The lowest evaluation loss so far; a value, any thread may hold it.
 *
 * @param loss the loss
 * @param step after which step it was measured
 */
record BestEvaluation(double loss, long step) {}
