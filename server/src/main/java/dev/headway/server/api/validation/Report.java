package dev.headway.server.api.validation;

import dev.headway.server.api.wire.Excerpt;
import dev.headway.server.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a validating program has printed last: a line {@code {"metrics":{…},"left_out":{…}}} or {@code {"error":"…"}};
 * immutable.
 *
 * <p>Such a program may be a user's own, so nothing is believed of it but numbers for what was asked for, and sentences
 * of bounded length.
 */
final class Report {
    private static final int LONGEST_SENTENCE = 1_000;

    private final ObjectNode json;

    private Report(ObjectNode json) {
        this.json = json;
    }

    /** Finds the report in the output: the last line that is a JSON object. */
    static Optional<Report> find(String output) {
        return lines(output).stream()
                .filter(line -> line.startsWith("{"))
                .reduce((first, second) -> second)
                .flatMap(Report::parse)
                .map(Report::new);
    }

    /** Returns the last line that is not blank, cut to a length that can be shown. */
    static String lastLine(String output) {
        return lines(output).stream()
                .reduce((first, second) -> second)
                .map(line -> Excerpt.of(line, LONGEST_SENTENCE))
                .orElse("nothing");
    }

    private static List<String> lines(String output) {
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static Optional<ObjectNode> parse(String line) {
        try {
            return Json.mapper().readTree(line) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    /** Finds the reason why nothing was measured. */
    Optional<String> error() {
        return json.optional("error").filter(JsonNode::isString).map(Report::sentence);
    }

    /** Returns the numbers for these metrics, NaN for a null; what is missing or no number is left out. */
    Map<String, Double> metrics(List<String> names) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : names) {
            JsonNode value = json.path("metrics").path(name);
            if (value.isNumber() || value.isNull()) {
                metrics.put(name, value.asDouble(Double.NaN));
            }
        }
        return metrics;
    }

    /** Returns which of these metrics were left out and why, such as {@code f1, recall (why)}; mostly empty. */
    String leftOut(List<String> names) {
        Map<String, String> namesByReason = new LinkedHashMap<>();
        for (String name : names) {
            json.path("left_out")
                    .optional(name)
                    .filter(JsonNode::isString)
                    .ifPresent(reason -> namesByReason.merge(sentence(reason), name, (some, one) -> some + ", " + one));
        }
        return namesByReason.entrySet().stream()
                .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
                .collect(Collectors.joining("; "));
    }

    private static String sentence(JsonNode text) {
        return Excerpt.of(text.stringValue(), LONGEST_SENTENCE);
    }
}
