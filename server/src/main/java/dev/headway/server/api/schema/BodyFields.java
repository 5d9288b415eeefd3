package dev.headway.server.api.schema;

import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON body, read in the order in which the API declares them; for one request, one thread.
 *
 * <p>A field that is missing or of the wrong type is noted, and a harmless value is returned in its place, so that reading
 * goes on and the client learns of all problems at once. So {@link #check()} comes after the last field and before any use:
 *
 * <pre>{@code
 * BodyFields fields = BodyFields.of(request);
 * String path = fields.string("path");
 * OptionalLong maxItems = fields.optionalInteger("max_items");
 * fields.check();
 * }</pre>
 *
 * <p>Fields that nobody reads are ignored. A null stands for an absent value only where the field is optional.
 */
public final class BodyFields {
    static final int MAX_LABEL = 1_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode body;
    private final SchemaProblems problems = new SchemaProblems();

    private BodyFields(ObjectNode body) {
        this.body = body;
    }

    /**
     * Returns the fields of a request's body.
     *
     * @throws HttpProblem with 422 or 400 if the body is no JSON object
     */
    public static BodyFields of(Request request) {
        return new BodyFields(JsonBody.read(request));
    }

    /** Returns a string that must be there. */
    public String string(String name) {
        return required(name).map(value -> stringAt(name, value)).orElse("");
    }

    /** Returns a string, or the fallback where the field is absent; null is not absent. */
    public String string(String name, String fallback) {
        return present(name).map(value -> stringAt(name, value)).orElse(fallback);
    }

    /** Finds a string of any length that may be absent or null. */
    public Optional<String> optionalString(String name) {
        return optional(name).map(value -> stringAt(name, value));
    }

    /** Returns a string that must be there and is short enough to be shown and handed on: at most 1,000 characters. */
    public String label(String name) {
        return required(name).map(value -> labelAt(name, value)).orElse("");
    }

    /** Finds a string like {@link #label} that may be absent or null. */
    public Optional<String> optionalLabel(String name) {
        return optional(name).map(value -> labelAt(name, value));
    }

    /** Returns an object that must be there. */
    public ObjectNode object(String name) {
        return required(name).map(value -> objectAt(name, value)).orElseGet(NODES::objectNode);
    }

    /** Returns a list of strings that must be there. */
    public List<String> strings(String name) {
        return required(name).map(value -> stringsAt(name, value)).orElse(List.of());
    }

    /** Finds a whole number that may be absent or null; what exceeds 64 bits becomes the nearest that does not. */
    public OptionalLong optionalInteger(String name) {
        Optional<JsonNode> value = optional(name);
        return value.isPresent() ? integerAt(name, value.get()) : OptionalLong.empty();
    }

    /**
     * Ends the request if any field read so far was not as it should be.
     *
     * @throws HttpProblem with 422 and every problem in the order of reading
     */
    public void check() {
        problems.check();
    }

    private Optional<JsonNode> present(String name) {
        return Optional.ofNullable(body.get(name));
    }

    private Optional<JsonNode> optional(String name) {
        return present(name).filter(value -> !value.isNull());
    }

    private Optional<JsonNode> required(String name) {
        Optional<JsonNode> value = present(name);
        if (value.isEmpty()) {
            problems.add(SchemaProblem.missing(Location.body(name), body));
        }
        return value;
    }

    private String stringAt(String name, JsonNode value) {
        return stringAt(Location.body(name), value);
    }

    private String labelAt(String name, JsonNode value) {
        String label = stringAt(name, value);
        if (label.length() > MAX_LABEL) {
            return wrong(SchemaProblem::tooLong, Location.body(name), value, "");
        }
        return label.indexOf('\0') < 0 ? label : wrong(SchemaProblem::holdsNul, Location.body(name), value, "");
    }

    private String stringAt(List<Object> location, JsonNode value) {
        if (!value.isString()) {
            return wrong(SchemaProblem::notAString, location, value, "");
        }
        return value.stringValue();
    }

    private ObjectNode objectAt(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        return wrong(SchemaProblem::notAnObject, Location.body(name), value, NODES.objectNode());
    }

    private List<String> stringsAt(String name, JsonNode value) {
        if (!value.isArray()) {
            return wrong(SchemaProblem::notAList, Location.body(name), value, List.of());
        }
        List<String> strings = new ArrayList<>();
        for (JsonNode element : value) {
            strings.add(stringAt(Location.within(Location.body(name), strings.size()), element));
        }
        return List.copyOf(strings);
    }

    private OptionalLong integerAt(String name, JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> orWrong(Integers.find(value.decimalValue()), SchemaProblem::brokenInteger, name, value);
            case STRING -> orWrong(Integers.find(value.stringValue()), SchemaProblem::unreadableInteger, name, value);
            case BOOLEAN -> OptionalLong.of(value.booleanValue() ? 1 : 0);
            default -> orWrong(OptionalLong.empty(), SchemaProblem::notAnInteger, name, value);
        };
    }

    private OptionalLong orWrong(
            OptionalLong found, BiFunction<List<Object>, JsonNode, SchemaProblem> kind, String name, JsonNode value) {
        return found.isPresent() ? found : wrong(kind, Location.body(name), value, found);
    }

    private <T> T wrong(
            BiFunction<List<Object>, JsonNode, SchemaProblem> kind, List<Object> location, JsonNode value, T instead) {
        problems.add(kind.apply(location, value));
        return instead;
    }
}
