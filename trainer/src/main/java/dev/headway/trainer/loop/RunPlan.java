package dev.headway.trainer.loop;

import dev.headway.trainer.config.Cadence.Never;
import dev.headway.trainer.config.CadenceSettings;

/**
 * How many steps a run has and what is due after each; a value, any thread may hold it.
 *
 * @param totalSteps the last step
 * @param stepsPerEpoch the steps of a pass over the data
 * @param cadences when what is due
 * @param hasEvaluation whether anything is held out to evaluate on
 */
record RunPlan(long totalSteps, long stepsPerEpoch, CadenceSettings cadences, boolean hasEvaluation) {
    /** Returns how many passes over the data so many steps are. */
    double epoch(long step) {
        return (double) step / (double) stepsPerEpoch;
    }

    long totalEpochs() {
        return (totalSteps + stepsPerEpoch - 1) / stepsPerEpoch;
    }

    boolean isLogging(long step) {
        return step % cadences.logging() == 0 || step == totalSteps;
    }

    /** The last step is evaluated too, so that the finished model has a loss to its name. */
    boolean isEvaluating(long step) {
        if (!hasEvaluation || cadences.evaluation() instanceof Never) return false;
        return step == totalSteps || cadences.evaluation().isDue(step, stepsPerEpoch);
    }

    boolean isSaving(long step) {
        if (cadences.saving() instanceof Never) return false;
        return step == totalSteps || cadences.saving().isDue(step, stepsPerEpoch);
    }
}
