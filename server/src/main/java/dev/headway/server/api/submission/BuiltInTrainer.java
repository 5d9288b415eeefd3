package dev.headway.server.api.submission;

import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.jobs.workspace.PathRefused;
import dev.headway.server.http.HttpProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the built-in trainer can train (contract A17); immutable, so threads may share it.
 *
 * <p>It has three models of its own, and goes on with any model that it has made before, which is named by the directory it
 * lies in. Whoever wants more is told how to set a trainer of their own.
 */
public final class BuiltInTrainer {
    private static final List<String> MODELS = List.of("headway/nano", "headway/micro", "headway/mini");
    private static final List<String> METHODS = List.of("sft", "cpt");
    private static final String RESUME = "resume_from_checkpoint";
    private static final String OWN_TRAINER =
            " To train others, set TRAINER_COMMAND to a trainer of your own, for example"
                    + " TRAINER_COMMAND=\"python3 train.py --config {config} --execution-id {job_id}\".";

    private final AllowedRoots roots;

    /** Looks for earlier output in these roots only. */
    public BuiltInTrainer(AllowedRoots roots) {
        this.roots = roots;
    }

    /**
     * Refuses a config that the built-in trainer cannot do.
     *
     * @throws HttpProblem with 400 and what it can do
     */
    public void require(CheckedConfig config) {
        if (!MODELS.contains(config.model()) && !isEarlierOutput(config.model())) {
            throw Refusal.invalid("model.name '" + config.model()
                    + "' is not a model of the built-in trainer, which has "
                    + String.join(", ", MODELS) + " and absolute paths of directories with its earlier output inside"
                    + " FILESYSTEM_ALLOWED_PATHS." + OWN_TRAINER);
        }
        if (!METHODS.contains(config.method())) {
            throw Refusal.invalid("training.method '" + config.method() + "' is not a method of the built-in trainer,"
                    + " which has " + String.join(" and ", METHODS) + "." + OWN_TRAINER);
        }
    }

    /**
     * Refuses a checkpoint to go on from that lies elsewhere, for a checkpoint is read as a model is.
     *
     * @throws HttpProblem with 400 and where checkpoints may lie
     */
    public void requireCheckpoint(ObjectNode config) {
        JsonNode section = config.has(RESUME) ? config : config.path("training");
        Optional.of(section.path(RESUME))
                .filter(value -> value.isString() && !value.stringValue().equals("latest"))
                .ifPresent(value -> requireInside(value.stringValue()));
    }

    private void requireInside(String checkpoint) {
        try {
            roots.require(checkpoint);
        } catch (PathRefused refused) {
            throw Refusal.invalid(RESUME + " cannot be used: " + refused.getMessage()
                    + "; accepted are absolute paths inside FILESYSTEM_ALLOWED_PATHS");
        }
    }

    private boolean isEarlierOutput(String name) {
        if (!name.startsWith("/")) {
            return false;
        }
        try {
            Path directory = roots.require(name);
            return Files.isRegularFile(directory.resolve("config.json"))
                    && Files.isRegularFile(directory.resolve("model.safetensors"));
        } catch (PathRefused outside) {
            return false;
        }
    }
}
