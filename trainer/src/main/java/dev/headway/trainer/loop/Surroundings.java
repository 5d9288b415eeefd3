package dev.headway.trainer.loop;

import dev.headway.trainer.files.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must be the same again for a resumed run to equal one never paused, bit for bit; a value, any thread may hold it.
 *
 * <p>Weights, moments and step come from the checkpoint, and they are enough for a good continuation. For an equal one,
 * sums must also be formed in the same order (threads) and rows dealt out alike (seed, rows, steps per epoch, total
 * steps for the curve of the learning rate).
 *
 * @param threads the threads the engine computes with
 * @param seed the seed of the data order
 * @param rows the rows to learn from
 * @param stepsPerEpoch the steps of a pass over them
 * @param totalSteps the steps of the run
 */
record Surroundings(long threads, long seed, long rows, long stepsPerEpoch, long totalSteps) {
    ObjectNode toJson() {
        return Json.object()
                .put("threads", threads)
                .put("seed", seed)
                .put("rows", rows)
                .put("steps_per_epoch", stepsPerEpoch)
                .put("total_steps", totalSteps);
    }

    static Surroundings parse(JsonNode json) {
        return new Surroundings(
                json.path("threads").asLong(0),
                json.path("seed").asLong(0),
                json.path("rows").asLong(0),
                json.path("steps_per_epoch").asLong(0),
                json.path("total_steps").asLong(0));
    }

    /** Returns what differs from the surroundings of old, in words; empty when a resumed run will be equal. */
    List<String> differences(Surroundings old) {
        List<String> differences = new ArrayList<>();
        note(differences, "threads", old.threads, threads);
        note(differences, "seed", old.seed, seed);
        note(differences, "training rows", old.rows, rows);
        note(differences, "steps per epoch", old.stepsPerEpoch, stepsPerEpoch);
        note(differences, "total steps", old.totalSteps, totalSteps);
        return differences;
    }

    private static void note(List<String> differences, String what, long before, long now) {
        if (before != now) differences.add(what + " " + before + " before, " + now + " now");
    }
}
