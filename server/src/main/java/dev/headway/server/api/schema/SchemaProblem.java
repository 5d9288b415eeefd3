package dev.headway.server.api.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One thing that is wrong with a request, in pydantic's form; an immutable value.
 *
 * @param type pydantic's name for the kind of problem
 * @param location where: {@code body} or {@code query}, then names and indexes
 * @param message pydantic's sentence
 * @param input what was found there
 * @param context what else helps to understand
 */
record SchemaProblem(String type, List<Object> location, String message, JsonNode input, Optional<String> context) {
    static SchemaProblem missing(List<Object> location, JsonNode around) {
        return of("missing", location, "Field required", around);
    }

    static SchemaProblem notAString(List<Object> location, JsonNode input) {
        return of("string_type", location, "Input should be a valid string", input);
    }

    static SchemaProblem notUnicode(List<Object> location, JsonNode input) {
        return of(
                "string_unicode",
                location,
                "Input should be a valid string, unable to parse raw data as a unicode string",
                input);
    }

    static SchemaProblem tooLong(List<Object> location, JsonNode input) {
        return of(
                "string_too_long",
                location,
                "String should have at most " + BodyFields.MAX_LABEL + " characters",
                input);
    }

    static SchemaProblem holdsNul(List<Object> location, JsonNode input) {
        return of("value_error", location, "Value error, embedded null byte", input);
    }

    static SchemaProblem notAnObject(List<Object> location, JsonNode input) {
        return of("dict_type", location, "Input should be a valid dictionary", input);
    }

    static SchemaProblem notAList(List<Object> location, JsonNode input) {
        return of("list_type", location, "Input should be a valid list", input);
    }

    static SchemaProblem notAnInteger(List<Object> location, JsonNode input) {
        return of("int_type", location, "Input should be a valid integer", input);
    }

    static SchemaProblem unreadableInteger(List<Object> location, JsonNode input) {
        return of(
                "int_parsing",
                location,
                "Input should be a valid integer, unable to parse string as an integer",
                input);
    }

    static SchemaProblem brokenInteger(List<Object> location, JsonNode input) {
        return of(
                "int_from_float",
                location,
                "Input should be a valid integer, got a number with a fractional part",
                input);
    }

    static SchemaProblem notFields(JsonNode input, Optional<String> hint) {
        return new SchemaProblem(
                "model_attributes_type",
                List.of("body"),
                "Input should be a valid dictionary or object to extract fields from",
                input,
                hint);
    }

    static SchemaProblem notJson(int offset, String expected, JsonNode input) {
        return new SchemaProblem(
                "json_invalid", List.of("body", offset), "JSON decode error", input, Optional.of(expected));
    }

    private static SchemaProblem of(String type, List<Object> location, String message, JsonNode input) {
        return new SchemaProblem(type, location, message, input, Optional.empty());
    }

    Map<String, Object> wire() {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("type", type);
        wire.put("loc", location);
        wire.put("msg", message);
        wire.put("input", Echo.of(input));
        context.ifPresent(error -> wire.put("ctx", Map.of("error", error)));
        return wire;
    }
}
