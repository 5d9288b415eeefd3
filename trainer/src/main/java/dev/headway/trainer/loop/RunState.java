package dev.headway.trainer.loop;

import dev.headway.trainer.files.Json;
import dev.headway.trainer.progress.MetricHistory;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run knows of itself besides weights and moments: where it stands, what it has measured.
 *
 * <p>All of it goes into a checkpoint and comes back from there, so that a resumed run cannot be told from one that was
 * never paused, except by the clock. Random numbers are not among it: the data order follows from seed and step alone.
 *
 * <p>Not for more than one thread.
 */
final class RunState {
    private long step;
    private long tokens;
    private double secondsBefore;
    private double trainLoss = Double.NaN;
    private double gradientNorm = Double.NaN;
    private double learningRate = Double.NaN;
    private double evaluationLoss = Double.NaN;
    private long evaluatedStep = -1;
    private long loggedStep = -1;
    private Optional<BestEvaluation> best = Optional.empty();
    private int evaluationsWithoutImprovement;
    private MetricHistory history = new MetricHistory();
    private final ArrayNode log = Json.object().putArray("log_history");

    /** Takes over what a step has brought. */
    void finish(StepResult result) {
        step++;
        tokens += result.tokens();
        trainLoss = result.loss();
        gradientNorm = result.gradientNorm();
        learningRate = result.learningRate();
    }

    /** Writes the last step's loss into the log that goes into checkpoints, once. */
    void logStep(double epoch) {
        if (loggedStep == step || step == 0) return;
        loggedStep = step;
        ObjectNode entry = log.addObject();
        entry.set("epoch", Json.number(epoch));
        entry.set("grad_norm", Json.number(gradientNorm));
        entry.set("learning_rate", Json.number(learningRate));
        entry.set("loss", Json.number(trainLoss));
        entry.put("step", step);
    }

    /** Takes over an evaluation after the last step; an improvement must be larger than {@code threshold} to count. */
    void finishEvaluation(double loss, double epoch, double threshold) {
        evaluatedStep = step;
        evaluationLoss = loss;
        boolean hasImproved = best.isEmpty() || loss < best.get().loss() - threshold;
        evaluationsWithoutImprovement = hasImproved ? 0 : evaluationsWithoutImprovement + 1;
        if (best.isEmpty() || loss < best.get().loss()) best = Optional.of(new BestEvaluation(loss, step));
        ObjectNode entry = log.addObject();
        entry.set("epoch", Json.number(epoch));
        entry.set("eval_loss", Json.number(loss));
        entry.put("step", step);
    }

    /** Returns the part of {@code trainer_state.json} that only this trainer reads. */
    ObjectNode toJson(double secondsNow) {
        ObjectNode json = Json.object();
        json.put("step", step).put("tokens", tokens).put("seconds", secondsNow);
        json.set("train_loss", Json.number(trainLoss));
        json.set("grad_norm", Json.number(gradientNorm));
        json.set("learning_rate", Json.number(learningRate));
        json.set("eval_loss", Json.number(evaluationLoss));
        json.put("evaluated_step", evaluatedStep).put("logged_step", loggedStep);
        best.ifPresent(found -> json.putObject("best").put("loss", found.loss()).put("step", found.step()));
        json.put("evaluations_without_improvement", evaluationsWithoutImprovement);
        json.set("metrics_history", history.toJson());
        return json;
    }

    /** Reads the state back from what {@link #toJson} and {@link #log} gave. */
    static RunState parse(JsonNode json, JsonNode log) {
        RunState state = new RunState();
        state.step = json.path("step").asLong();
        state.tokens = json.path("tokens").asLong();
        state.secondsBefore = json.path("seconds").asDouble();
        state.trainLoss = json.path("train_loss").asDouble(Double.NaN);
        state.gradientNorm = json.path("grad_norm").asDouble(Double.NaN);
        state.learningRate = json.path("learning_rate").asDouble(Double.NaN);
        state.evaluationLoss = json.path("eval_loss").asDouble(Double.NaN);
        state.evaluatedStep = json.path("evaluated_step").asLong();
        state.loggedStep = json.path("logged_step").asLong();
        state.best = json.optional("best")
                .map(found -> new BestEvaluation(
                        found.path("loss").asDouble(), found.path("step").asLong()));
        state.evaluationsWithoutImprovement =
                json.path("evaluations_without_improvement").asInt();
        state.history = MetricHistory.parse(json.path("metrics_history"));
        log.forEach(state.log::add);
        return state;
    }

    long step() {
        return step;
    }

    long tokens() {
        return tokens;
    }

    /** Returns the seconds that earlier processes spent on this run. */
    double secondsBefore() {
        return secondsBefore;
    }

    double trainLoss() {
        return trainLoss;
    }

    double gradientNorm() {
        return gradientNorm;
    }

    double learningRate() {
        return learningRate;
    }

    double evaluationLoss() {
        return evaluationLoss;
    }

    boolean isEvaluated() {
        return evaluatedStep == step;
    }

    Optional<BestEvaluation> best() {
        return best;
    }

    OptionalLong bestStep() {
        return best.map(found -> OptionalLong.of(found.step())).orElseGet(OptionalLong::empty);
    }

    int evaluationsWithoutImprovement() {
        return evaluationsWithoutImprovement;
    }

    MetricHistory history() {
        return history;
    }

    ArrayNode log() {
        return log;
    }
}
