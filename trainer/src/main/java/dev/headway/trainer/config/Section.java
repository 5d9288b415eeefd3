package dev.headway.trainer.config;

import dev.headway.trainer.files.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.LongPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of the configuration, read key by key; it remembers which keys were asked for, and collects what is wrong.
 *
 * <p>A key that is absent, null or an empty text has the fallback value. A wrong value is noted as a problem and read as
 * the fallback too, so that reading goes on and finds the other problems.
 *
 * <p>Not for more than one thread.
 */
final class Section {
    private final String path;
    private final ObjectNode node;
    private final List<String> problems;
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(String path, ObjectNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    static Section root(ObjectNode node, List<String> problems) {
        return new Section("", node, problems);
    }

    /** Returns the object under a key, or an empty one. */
    Section child(String key) {
        JsonNode child = find(key).orElseGet(Json::object);
        if (child instanceof ObjectNode object) return new Section(path + key + ".", object, problems);
        complain(key, child, "an object");
        return new Section(path + key + ".", Json.object(), problems);
    }

    /** Returns the value of a key, unless it is absent, null or an empty text. */
    Optional<JsonNode> find(String key) {
        asked.add(key);
        return node.optional(key).filter(value -> !value.isNull() && !isEmptyText(value));
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isString() && value.stringValue().isBlank();
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    String text(String key, String fallback) {
        return find(key).map(value -> asText(key, value, fallback)).orElse(fallback);
    }

    private String asText(String key, JsonNode value, String fallback) {
        return value.isString() ? value.stringValue().strip() : complain(key, value, "a text", fallback);
    }

    boolean flag(String key, boolean fallback) {
        return find(key).map(value -> asFlag(key, value, fallback)).orElse(fallback);
    }

    private boolean asFlag(String key, JsonNode value, boolean fallback) {
        return value.isBoolean() ? value.booleanValue() : complain(key, value, "true or false", fallback);
    }

    long whole(String key, long fallback, LongPredicate accepted, String description) {
        return find(key)
                .map(value -> asWhole(key, value, fallback, accepted, description))
                .orElse(fallback);
    }

    private long asWhole(String key, JsonNode value, long fallback, LongPredicate accepted, String description) {
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong())
            return complain(key, value, description, fallback);
        long number = value.asLong();
        return accepted.test(number) ? number : complain(key, value, description, fallback);
    }

    double number(String key, double fallback, DoublePredicate accepted, String description) {
        return find(key)
                .map(value -> asNumber(key, value, fallback, accepted, description))
                .orElse(fallback);
    }

    private double asNumber(String key, JsonNode value, double fallback, DoublePredicate accepted, String description) {
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) return complain(key, value, description, fallback);
        double number = value.asDouble();
        return accepted.test(number) ? number : complain(key, value, description, fallback);
    }

    private <T> T complain(String key, JsonNode seen, String accepted, T fallback) {
        complain(key, seen, accepted);
        return fallback;
    }

    /** Notes that the value seen under a key is not what is accepted there. */
    void complain(String key, JsonNode seen, String accepted) {
        problems.add(path + key + " must be " + accepted + ", got " + Json.compact(seen));
    }

    /** Notes that a key without which nothing can be done is missing. */
    void complainMissing(String key) {
        problems.add(path + key + " is missing");
    }

    /** Returns the full names of keys that nobody asked for and that ask for something (not null, false, 0 or empty). */
    List<String> ignored() {
        return node.propertyStream()
                .filter(entry -> !asked.contains(entry.getKey()) && asksForSomething(entry.getValue()))
                .map(entry -> path + entry.getKey())
                .toList();
    }

    private static boolean asksForSomething(JsonNode value) {
        if (value.isNull() || isEmptyText(value)) return false;
        if (value.isBoolean()) return value.booleanValue();
        if (value.isNumber()) return value.asDouble() != 0;
        return !value.isContainer() || !value.isEmpty();
    }
}
