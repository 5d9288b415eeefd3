package dev.headway.trainer.evaluate;

import dev.headway.trainer.files.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a validation found out; a value, any thread may hold it.
 *
 * @param values the metrics; NaN where there was nothing to measure
 * @param leftOut why others that were asked for could not be measured
 */
public record Measured(Map<Metric, Double> values, Map<Metric, String> leftOut) {
    /** Copies the maps, in the order of the metrics. */
    public Measured {
        values = copy(values);
        leftOut = copy(leftOut);
    }

    private static <T> Map<Metric, T> copy(Map<Metric, T> entries) {
        Map<Metric, T> copy = new EnumMap<>(Metric.class);
        copy.putAll(entries);
        return Collections.unmodifiableMap(copy);
    }

    /** Returns {@code {"metrics":{"accuracy":0.9},"left_out":{"f1":"why"}}}. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        ObjectNode metrics = json.putObject("metrics");
        values.forEach((metric, value) -> metrics.set(metric.wireName(), Json.number(value)));
        ObjectNode reasons = json.putObject("left_out");
        leftOut.forEach((metric, reason) -> reasons.put(metric.wireName(), reason));
        return json;
    }
}
