package dev.headway.trainer.loop;

import dev.headway.trainer.config.EarlyStoppingSettings;
import dev.headway.trainer.config.JobConfig;
import dev.headway.trainer.failure.LossNotFinite;
import dev.headway.trainer.failure.TrainerFailure;
import dev.headway.trainer.progress.Stopwatch;
import dev.headway.trainer.progress.Ticker;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The loop: step, evaluate, save, until all steps are done or somebody asks to stop.
 *
 * <p>What is due after a step is done in one order, evaluate before save, so that a checkpoint knows its own evaluation.
 * Asked to stop, the run saves what it has, whatever moment it is:
 *
 * <pre>
 * in the middle of a step            the state after the step before; the step is done anew
 * in the middle of an evaluation     the state after the step, not yet evaluated; a resume evaluates first
 * </pre>
 *
 * <p>For the thread that loaded the engine, and no other.
 */
final class Run {
    private final JobConfig config;
    private final RunPlan plan;
    private final RunState state;
    private final Learner learner;
    private final Checkpointer checkpointer;
    private final Reporter reporter;
    private final StopSignal stop;
    private final Ticker ticker;

    Run(
            JobConfig config,
            RunPlan plan,
            RunState state,
            Learner learner,
            Checkpointer checkpointer,
            Reporter reporter,
            StopSignal stop,
            Ticker ticker) {
        this.config = config;
        this.plan = plan;
        this.state = state;
        this.learner = learner;
        this.checkpointer = checkpointer;
        this.reporter = reporter;
        this.stop = stop;
        this.ticker = ticker;
    }

    Outcome toEnd() {
        reporter.begin();
        try {
            return steps();
        } catch (TrainerFailure failure) {
            noteFailure(failure);
            throw failure;
        }
    }

    /** On a full disk the note fails as well; the first failure is the one to tell. */
    private void noteFailure(TrainerFailure failure) {
        try {
            reporter.failed(String.valueOf(failure.getMessage()));
        } catch (TrainerFailure another) {
            failure.addSuppressed(another);
        }
    }

    private Outcome steps() {
        if (state.step() > 0 && isEvaluationDue() && !finishStep()) return pause();
        while (!isDone()) {
            if (!step() || !finishStep()) return pause();
        }
        return complete();
    }

    private boolean isDone() {
        return state.step() >= plan.totalSteps() || hasStoppedImproving();
    }

    private boolean hasStoppedImproving() {
        return config.earlyStopping()
                .filter(settings -> state.evaluationsWithoutImprovement() >= settings.patience())
                .isPresent();
    }

    /** Does a step; returns false when asked to stop before it was done. */
    private boolean step() {
        Stopwatch stopwatch = new Stopwatch(ticker);
        Optional<StepResult> done = learner.step(state.step(), stop);
        if (done.isEmpty()) return false;
        StepResult result = done.get();
        state.finish(result);
        reporter.stepDone(result, stopwatch.seconds());
        requireFinite("the loss", result.loss());
        requireFinite("the gradient norm", result.gradientNorm());
        return true;
    }

    private void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) throw new LossNotFinite(what, value, state.step());
    }

    /** Does what is due after a step; returns false when asked to stop in the middle of it. */
    private boolean finishStep() {
        if (isEvaluationDue() && !evaluate()) return false;
        if (plan.isSaving(state.step())) save();
        return true;
    }

    private boolean isEvaluationDue() {
        return plan.isEvaluating(state.step()) && !state.isEvaluated();
    }

    private boolean evaluate() {
        OptionalDouble loss = learner.evaluate(stop);
        if (loss.isEmpty()) return false;
        requireFinite("the evaluation loss", loss.getAsDouble());
        double threshold =
                config.earlyStopping().map(EarlyStoppingSettings::threshold).orElse(0.0);
        state.finishEvaluation(loss.getAsDouble(), plan.epoch(state.step()), threshold);
        reporter.evaluated();
        return true;
    }

    private void save() {
        reporter.saved(checkpointer.save(learner, state, reporter.seconds()));
    }

    private Outcome pause() {
        save();
        reporter.paused();
        return Outcome.PAUSED;
    }

    private Outcome complete() {
        if (hasStoppedImproving()) reporter.stoppedEarly();
        if (config.loadBestAtEnd()) takeBest();
        learner.publish(config.output());
        reporter.completed(config.output());
        return Outcome.COMPLETED;
    }

    private void takeBest() {
        if (state.bestStep().isEmpty() || state.bestStep().getAsLong() == state.step()) return;
        long step = state.bestStep().getAsLong();
        Optional<Path> checkpoint = checkpointer.find(step);
        if (checkpoint.isEmpty()) {
            reporter.lostBest(step);
            return;
        }
        learner.takeWeights(checkpoint.get());
        reporter.tookBest(step);
    }
}
