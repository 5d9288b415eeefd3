package dev.headway.trainer.config;

import dev.headway.trainer.config.Cadence.EveryEpoch;
import dev.headway.trainer.config.Cadence.EverySteps;
import dev.headway.trainer.config.Cadence.Never;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * When the run writes its log, evaluates and saves; a value, any thread may hold it.
 *
 * @param logging the steps between two points of the metrics
 * @param evaluation when the held-out part is evaluated
 * @param saving when a checkpoint is written
 * @param saveTotalLimit how many checkpoints are kept; 0 keeps all
 */
public record CadenceSettings(long logging, Cadence evaluation, Cadence saving, int saveTotalLimit) {
    private static final long DEFAULT_STEPS = 500;

    static CadenceSettings read(Section training, Section output, Section evaluation) {
        return new CadenceSettings(
                steps(training, "logging_steps", 10),
                evaluation(training, evaluation),
                cadence(training, "save_strategy", "steps", steps(training, "save_steps", DEFAULT_STEPS)),
                limit(training, output));
    }

    private static Cadence evaluation(Section training, Section evaluation) {
        long elsewhere = steps(evaluation, "eval_steps", DEFAULT_STEPS);
        long steps = steps(training, "eval_steps", elsewhere);
        String key = training.has("eval_strategy") ? "eval_strategy" : "evaluation_strategy";
        return cadence(training, key, "epoch", steps);
    }

    private static Cadence cadence(Section training, String key, String fallback, long steps) {
        String name = training.text(key, fallback).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "no" -> new Never();
            case "epoch" -> new EveryEpoch();
            case "steps" -> new EverySteps(steps);
            default -> {
                JsonNode seen = training.find(key).orElseThrow();
                training.complain(key, seen, "one of no, steps, epoch");
                yield new Never();
            }
        };
    }

    private static long steps(Section section, String key, long fallback) {
        return section.whole(key, fallback, steps -> steps > 0, "a whole number > 0");
    }

    private static int limit(Section training, Section output) {
        Section section = training.has("save_total_limit") ? training : output;
        return (int) section.whole(
                "save_total_limit", 0, limit -> limit >= 0 && limit <= Integer.MAX_VALUE, "a whole number >= 0");
    }
}
