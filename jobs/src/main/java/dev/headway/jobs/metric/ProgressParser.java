package dev.headway.jobs.metric;

import dev.headway.jobs.job.JsonNumbers;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.job.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads progress files. For any number of threads.
 *
 * <p>Trainers write what Python writes, so NaN and Infinity are numbers here; they become null, because JSON cannot carry
 * them to clients; so do integers that are too long for a double, which clients would take for infinite. Anything that is
 * not an object is no progress at all.
 */
final class ProgressParser {
    private static final String HISTORY = "metrics_history";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProgressParser() {}

    /** What a file says: its fields, and its points in the order they stand. Immutable. */
    record Parsed(Progress progress, List<MetricPoint> points) {}

    static Optional<Parsed> parse(byte[] content) {
        try {
            return JSON.readTree(content) instanceof ObjectNode file ? Optional.of(parse(file)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Parsed parse(ObjectNode file) {
        boolean lossIsNotFinite = isNotFinite(file.path("train_loss")) || isNotFinite(file.path("eval_loss"));
        JsonNode history = file.remove(HISTORY);
        makeFinite(file);
        return new Parsed(Progress.of(file, lossIsNotFinite), points(history));
    }

    private static List<MetricPoint> points(@org.jspecify.annotations.Nullable JsonNode history) {
        List<MetricPoint> points = new ArrayList<>();
        if (history instanceof ArrayNode array) {
            array.forEach(node -> point(node).ifPresent(points::add));
        }
        return points;
    }

    private static Optional<MetricPoint> point(JsonNode node) {
        if (!(node instanceof ObjectNode point) || !point.path("step").canConvertToLong()) {
            return Optional.empty();
        }
        long step = point.path("step").longValue();
        makeFinite(point);
        return Optional.of(new MetricPoint(step, JsonText.of(point)));
    }

    private static void makeFinite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.propertyNames().stream()
                    .filter(name -> isNotFinite(object.path(name)))
                    .toList()
                    .forEach(object::putNull);
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isNotFinite(array.path(i))) {
                    array.setNull(i);
                }
            }
        }
        node.forEach(ProgressParser::makeFinite);
    }

    private static boolean isNotFinite(JsonNode node) {
        return node.isNumber() && JsonNumbers.finite(node).isEmpty();
    }
}
