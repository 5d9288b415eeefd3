package dev.headway.server.api.schema;

import dev.headway.server.api.wire.Excerpt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's own values, quoted back in an answer within a bound; for one answer, one thread.
 *
 * <p>Every missing field quotes the whole body. Ten small fields missing from a body of a hundred megabytes would make an
 * answer of a gigabyte, so long strings end in an ellipsis and what does not fit any more is left out. Strings that no
 * encoding can carry (half a surrogate pair) are made printable.
 */
final class Echo {
    private static final int MAX_STRING = 200;
    private static final int MAX_VALUES = 100;
    private static final int MAX_DEPTH = 4;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private int values;

    private Echo() {}

    /** Returns the value, or what fits of it. */
    static JsonNode of(JsonNode value) {
        return new Echo().copy(value, 0);
    }

    private JsonNode copy(JsonNode value, int depth) {
        values++;
        return switch (value.getNodeType()) {
            case STRING -> NODES.stringNode(shortened(value.stringValue()));
            case OBJECT -> object(value, depth);
            case ARRAY -> array(value, depth);
            default -> value;
        };
    }

    private ObjectNode object(JsonNode value, int depth) {
        ObjectNode copy = NODES.objectNode();
        for (var member : value.properties()) {
            if (isFull(depth)) {
                break;
            }
            copy.set(shortened(member.getKey()), copy(member.getValue(), depth + 1));
        }
        return copy;
    }

    private ArrayNode array(JsonNode value, int depth) {
        ArrayNode copy = NODES.arrayNode();
        for (JsonNode element : value) {
            if (isFull(depth)) {
                break;
            }
            copy.add(copy(element, depth + 1));
        }
        return copy;
    }

    private boolean isFull(int depth) {
        return values >= MAX_VALUES || depth >= MAX_DEPTH;
    }

    private static String shortened(String text) {
        String head = Excerpt.of(text, MAX_STRING);
        return Unicode.isWellFormed(head) ? head : Unicode.repaired(head);
    }
}
