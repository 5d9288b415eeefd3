package dev.headway.server.api.rules;

import dev.headway.server.api.wire.JsonFault;
import dev.headway.server.api.wire.JsonFaults;
import dev.headway.server.api.wire.PythonText;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the text of a dataset into its examples; pure functions, safe for all threads.
 *
 * <p>The text is JSON Lines, one example a line. If any line is no JSON, the text as a whole is tried: an array of examples
 * or an object with the key {@code examples}. The same two are understood when they stand on a single line. Only the first
 * example is looked at: it shows which kind of dataset this is (contract B1.2).
 */
public final class DatasetText {
    private static final List<Set<String>> KINDS = List.of(
            Set.of("messages"), Set.of("text"), Set.of("prompt", "chosen", "rejected"), Set.of("prompt", "response"));

    private DatasetText() {}

    /**
     * Returns the examples in a text, one at least.
     *
     * @throws HttpProblem with 400 and what is wrong with the dataset
     */
    public static List<JsonNode> parse(String text) {
        List<JsonNode> examples = examples(text.startsWith("\ufeff") ? text.substring(1) : text);
        if (examples.isEmpty()) {
            throw Refusal.invalid("Dataset must be a non-empty list");
        }
        requireKnownKind(examples.get(0));
        return examples;
    }

    private static List<JsonNode> examples(String text) {
        String[] lines = text.split("\n", -1);
        List<JsonNode> examples = new ArrayList<>(lines.length);
        for (int index = 0; index < lines.length; index++) {
            if (lines[index].isBlank()) {
                continue;
            }
            Optional<JsonNode> example = parsed(lines[index]);
            if (example.isEmpty()) {
                return whole(text, lines[index], index + 1);
            }
            examples.add(example.get());
        }
        return examples.size() == 1 ? singleLine(examples.get(0)) : examples;
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.of(Json.mapper().readTree(json));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static List<JsonNode> whole(String text, String badLine, int lineNumber) {
        JsonNode value = parsed(text).orElseThrow(() -> Refusal.invalid(broken(text, badLine, lineNumber)));
        return elements(value);
    }

    /** A text in which one value follows another was meant to be JSON Lines, so the line to repair is named as well. */
    private static String broken(String text, String badLine, int lineNumber) {
        Optional<JsonFault> fault = JsonFaults.find(text);
        String sentence = "Invalid dataset format: " + sentence(fault);
        boolean isJsonLines =
                fault.filter(found -> found.message().equals("Extra data")).isPresent();
        return isJsonLines && lineNumber > 1
                ? sentence + "; line " + lineNumber + " alone: " + sentence(JsonFaults.find(badLine))
                : sentence;
    }

    private static String sentence(Optional<JsonFault> fault) {
        return fault.map(JsonFault::text).orElse("nested too deep or a number too long");
    }

    private static List<JsonNode> singleLine(JsonNode value) {
        boolean isWhole = value.isArray() || value.path("examples").isArray();
        return isWhole ? elements(value) : List.of(value);
    }

    private static List<JsonNode> elements(JsonNode whole) {
        if (whole.isObject() && !whole.has("examples")) {
            throw Refusal.invalid("Dataset parsing error: Unexpected JSON structure: dict with keys "
                    + PythonText.list(whole.propertyNames()));
        }
        JsonNode list = whole.isObject() ? whole.path("examples") : whole;
        return list.isArray() ? StreamSupport.stream(list.spliterator(), false).toList() : List.of();
    }

    private static void requireKnownKind(JsonNode example) {
        Collection<String> keys = example.propertyNames();
        if (KINDS.stream().noneMatch(keys::containsAll)) {
            throw Refusal.invalid("Dataset examples must have one of: 'messages' field (SFT/chat), 'text' field"
                    + " (standard), 'prompt/chosen/rejected' (DPO/ORPO), or 'prompt/response' (RLHF)."
                    + " Found keys: " + PythonText.list(keys));
        }
    }
}
