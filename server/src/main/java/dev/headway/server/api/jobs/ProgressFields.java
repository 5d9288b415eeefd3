package dev.headway.server.api.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JsonNumbers;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a trainer last reported about a job, ready for the wire; for one answer, one thread.
 *
 * <p>Numbers go out as the trainer wrote them, so a 3 stays a 3 and a 3.0 a 3.0. What is no number counts as not reported.
 */
final class ProgressFields {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode progress;
    private final JsonNode training;

    private ProgressFields(ObjectNode progress, JsonNode training) {
        this.progress = progress;
        this.training = training;
    }

    static ProgressFields of(Job job) {
        return new ProgressFields(
                job.progress().json().tree(), job.config().tree().path("training"));
    }

    /** Returns a number, or null before the trainer has reported it. */
    JsonNode number(String name) {
        return find(progress, name).orElseGet(NODES::nullNode);
    }

    /** Returns a number that starts at 0. */
    JsonNode count(String name) {
        return find(progress, name).orElseGet(() -> NODES.numberNode(0));
    }

    /** Returns how much is done, from 0.0 to 100.0. */
    JsonNode percent() {
        return find(progress, "progress_percent").orElseGet(() -> NODES.numberNode(0.0));
    }

    /** Returns a number that the trainer reports, or else the one that its config asks for, or else null. */
    JsonNode numberOrSetting(String name) {
        return find(progress, name).orElseGet(() -> setting(name));
    }

    /** Returns a number of the training section of the config, or null. */
    JsonNode setting(String name) {
        return find(training, name).orElseGet(NODES::nullNode);
    }

    Optional<String> text(String name) {
        return progress.path(name).stringValueOpt();
    }

    private static Optional<JsonNode> find(JsonNode object, String name) {
        return Optional.of(object.path(name))
                .filter(value -> JsonNumbers.finite(value).isPresent());
    }
}
