package dev.headway.jobs.job;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object kept as its text, so that nobody can change it. Immutable.
 *
 * @param text the object, compact, its keys in the order they came in
 */
public record JsonText(String text) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The object without members. */
    public static final JsonText EMPTY = new JsonText("{}");

    /**
     * Takes a copy of an object.
     *
     * @param tree the object
     * @return its text
     */
    public static JsonText of(ObjectNode tree) {
        return new JsonText(JSON.writeValueAsString(tree));
    }

    /**
     * Reads the text.
     *
     * @return the object, the caller's own to change
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public ObjectNode tree() {
        return require(read());
    }

    private JsonNode read() {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + text, e);
        }
    }

    private static ObjectNode require(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("not a JSON object: " + node);
    }
}
