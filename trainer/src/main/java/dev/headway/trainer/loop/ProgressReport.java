package dev.headway.trainer.loop;

import dev.headway.trainer.config.JobConfig;
import dev.headway.trainer.data.Dataset;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.progress.MetricPoint;
import dev.headway.trainer.progress.Speed;
import dev.headway.trainer.progress.Stopwatch;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says in the form of progress.json how a run stands. Everything in it is measured; what a machine without a GPU cannot
 * measure is null, and so is a number that JSON cannot carry. For one thread.
 */
final class ProgressReport {
    private final JobConfig config;
    private final Dataset dataset;
    private final RunPlan plan;
    private final RunState state;
    private final Speed speed;
    private final Stopwatch stopwatch;
    private final Clock clock;
    private final long firstStep;

    ProgressReport(
            JobConfig config,
            Dataset dataset,
            RunPlan plan,
            RunState state,
            Speed speed,
            Stopwatch stopwatch,
            Clock clock) {
        this.config = config;
        this.dataset = dataset;
        this.plan = plan;
        this.state = state;
        this.speed = speed;
        this.stopwatch = stopwatch;
        this.clock = clock;
        this.firstStep = state.step();
    }

    /** Returns the last step as a point of the metrics, with the evaluation loss when it was measured after it. */
    MetricPoint point() {
        return new MetricPoint(
                state.step(),
                plan.epoch(state.step()),
                state.trainLoss(),
                state.isEvaluated() ? state.evaluationLoss() : Double.NaN,
                state.learningRate(),
                state.gradientNorm(),
                speed.samplesPerSecond(),
                speed.tokensPerSecond(),
                now());
    }

    /** Returns the seconds spent on the run by this process and those before it. */
    double seconds() {
        return state.secondsBefore() + stopwatch.seconds();
    }

    /** Returns the whole document with a status: running, or completed. */
    ObjectNode toJson(String status) {
        ObjectNode json = Json.object().put("status", status);
        addPlace(json);
        addLosses(json);
        addSpeed(json);
        withBest(json);
        addSizes(json);
        json.set("metrics_history", state.history().toJson());
        return json;
    }

    private void addPlace(ObjectNode json) {
        json.put("current_epoch", (long) plan.epoch(state.step()))
                .put("total_epochs", plan.totalEpochs())
                .put("current_step", state.step())
                .put("total_steps", plan.totalSteps());
        json.set("progress_percent", Json.number(100.0 * state.step() / plan.totalSteps(), 2));
    }

    private void addLosses(ObjectNode json) {
        json.set("train_loss", Json.number(state.trainLoss(), 6));
        json.set("eval_loss", Json.number(state.evaluationLoss(), 6));
        json.set("learning_rate", Json.number(state.learningRate(), 12));
        json.set("grad_norm", Json.number(state.gradientNorm(), 6));
        json.putNull("gpu_memory_allocated_gb");
        json.putNull("gpu_memory_reserved_gb");
        json.putNull("gpu_utilization_percent");
    }

    private void addSpeed(ObjectNode json) {
        json.put("elapsed_seconds", (long) seconds());
        json.set("remaining_seconds", remaining());
        json.set("samples_per_second", Json.number(speed.samplesPerSecond(), 3));
        json.set("tokens_per_second", Json.number(speed.tokensPerSecond(), 1));
        json.put("updated_at", now().toString());
        json.set("perplexity", Json.number(Math.exp(state.evaluationLoss()), 4));
        json.set("train_perplexity", Json.number(Math.exp(state.trainLoss()), 4));
    }

    /** The steps left, at the pace of this process so far, evaluations and checkpoints included. */
    private JsonNode remaining() {
        long done = state.step() - firstStep;
        if (done == 0) return Json.nothing();
        double secondsPerStep = stopwatch.seconds() / done;
        return Json.number(Math.round(secondsPerStep * (plan.totalSteps() - state.step())));
    }

    /** Adds which evaluation was the best and where the loss is going. */
    ObjectNode withBest(ObjectNode json) {
        json.set(
                "best_eval_loss",
                state.best().map(best -> Json.number(best.loss(), 6)).orElseGet(Json::nothing));
        json.put(
                "best_epoch",
                state.best().map(best -> (long) plan.epoch(best.step())).orElse(0L));
        json.put("best_step", state.best().map(BestEvaluation::step).orElse(0L));
        json.put("epochs_without_improvement", epochsWithoutImprovement());
        return json.put("loss_trend", state.history().trend().wireName());
    }

    private long epochsWithoutImprovement() {
        return state.best()
                .map(best -> (long) (plan.epoch(state.step()) - plan.epoch(best.step())))
                .orElse(0L);
    }

    private void addSizes(ObjectNode json) {
        json.put("total_samples", dataset.size())
                .put("train_samples", dataset.training().size())
                .put("val_samples", dataset.evaluation().size())
                .put("total_tokens_processed", state.tokens())
                .put("batch_size", config.batches().batchSize())
                .put("gradient_accumulation_steps", config.batches().accumulation());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
