package dev.headway.jobs;

import dev.headway.jobs.job.JsonNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A trainer's own account of a checkpoint. Immutable.
 *
 * @param epoch the epochs that went before it
 * @param trainLoss the loss on training data at its step
 * @param evalLoss the loss on held-out data at its step
 */
record TrainerState(OptionalDouble epoch, OptionalDouble trainLoss, OptionalDouble evalLoss) {
    private static final long MAX_BYTES = 64L << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Reads the account; whatever is not in it, or cannot be read, is absent. */
    static TrainerState read(Path file, long step) {
        JsonNode state = parse(file);
        OptionalDouble trainLoss = OptionalDouble.empty();
        OptionalDouble evalLoss = OptionalDouble.empty();
        JsonNode history = state.path("log_history");
        for (int i = history.size() - 1; i >= 0 && evalLoss.isEmpty(); i--) {
            JsonNode entry = history.path(i);
            if (entry.path("step").asLong(-1) == step) {
                evalLoss = number(entry, "eval_loss");
                trainLoss = trainLoss.isPresent() ? trainLoss : number(entry, "loss");
            }
        }
        return new TrainerState(number(state, "epoch"), trainLoss, evalLoss);
    }

    private static JsonNode parse(Path file) {
        try {
            return Files.size(file) > MAX_BYTES ? MissingNode.getInstance() : JSON.readTree(Files.readAllBytes(file));
        } catch (IOException | JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static OptionalDouble number(JsonNode node, String field) {
        return JsonNumbers.finite(node.path(field));
    }
}
