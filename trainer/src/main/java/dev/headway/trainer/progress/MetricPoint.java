package dev.headway.trainer.progress;

import dev.headway.trainer.files.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known about one step; a value, any thread may hold it. NaN stands for what was not measured.
 *
 * @param step the step, from 1
 * @param epoch the passes over the data so far
 * @param trainLoss the mean loss of the step
 * @param evaluationLoss the mean loss over the held-out part
 * @param learningRate the rate of the step
 * @param gradientNorm the length of the gradient before it was cut
 * @param samplesPerSecond rows per second
 * @param tokensPerSecond tokens per second
 * @param time when it was measured
 */
public record MetricPoint(
        long step,
        double epoch,
        double trainLoss,
        double evaluationLoss,
        double learningRate,
        double gradientNorm,
        double samplesPerSecond,
        double tokensPerSecond,
        Instant time) {

    /** Returns this point with the later measurement of the same step laid over it. */
    public MetricPoint merge(MetricPoint later) {
        return new MetricPoint(
                step,
                over(epoch, later.epoch),
                over(trainLoss, later.trainLoss),
                over(evaluationLoss, later.evaluationLoss),
                over(learningRate, later.learningRate),
                over(gradientNorm, later.gradientNorm),
                over(samplesPerSecond, later.samplesPerSecond),
                over(tokensPerSecond, later.tokensPerSecond),
                later.time);
    }

    private static double over(double earlier, double later) {
        return Double.isNaN(later) ? earlier : later;
    }

    /** Returns the point in the form of progress.json. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("step", step);
        json.set("epoch", Json.number(epoch, 4));
        json.set("train_loss", Json.number(trainLoss, 6));
        json.set("eval_loss", Json.number(evaluationLoss, 6));
        json.set("learning_rate", Json.number(learningRate, 12));
        json.set("grad_norm", Json.number(gradientNorm, 6));
        json.putNull("gpu_memory_allocated_gb");
        json.putNull("gpu_memory_reserved_gb");
        json.putNull("gpu_utilization_percent");
        json.set("perplexity", Json.number(Math.exp(evaluationLoss), 4));
        json.set("train_perplexity", Json.number(Math.exp(trainLoss), 4));
        json.set("samples_per_second", Json.number(samplesPerSecond, 3));
        json.set("tokens_per_second", Json.number(tokensPerSecond, 1));
        json.put("timestamp", time.truncatedTo(ChronoUnit.MILLIS).toString());
        return json;
    }

    /** Reads a point from the form of progress.json. */
    public static MetricPoint parse(JsonNode json) {
        return new MetricPoint(
                json.path("step").asLong(),
                number(json, "epoch"),
                number(json, "train_loss"),
                number(json, "eval_loss"),
                number(json, "learning_rate"),
                number(json, "grad_norm"),
                number(json, "samples_per_second"),
                number(json, "tokens_per_second"),
                Instant.parse(json.path("timestamp").asString()));
    }

    private static double number(JsonNode json, String key) {
        return json.path(key).isNumber() ? json.path(key).asDouble() : Double.NaN;
    }
}
