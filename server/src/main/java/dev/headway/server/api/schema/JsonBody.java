package dev.headway.server.api.schema;

import dev.headway.server.api.wire.JsonFault;
import dev.headway.server.api.wire.JsonFaults;
import dev.headway.server.http.Body;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Json;
import dev.headway.server.http.Request;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a request as a JSON object; pure functions, safe for all threads.
 *
 * <p>Answers to bodies that are no such thing follow FastAPI: nothing or null is a missing body (422), broken JSON is 422
 * with the place and reason, another JSON value or another media type is 422, and bytes that are not UTF-8 or nested too
 * deep are 400. Another media type is refused even when the bytes would do: a browser sends {@code text/plain} across
 * origins without asking, and a web page must not be able to start jobs on its reader's machine.
 */
final class JsonBody {
    private static final String UNREADABLE = "There was an error parsing the body";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonBody() {}

    /** Returns the object that the body holds, or ends the request with the answer that says what it holds instead. */
    static ObjectNode read(Request request) {
        Body body = request.body();
        if (body.isEmpty()) {
            throw missing();
        }
        String mediaType = mediaType(request);
        if (!isJson(mediaType)) {
            throw SchemaProblems.only(SchemaProblem.notFields(NODES.stringNode(body.text()), hint(mediaType)));
        }
        return object(parse(text(body)));
    }

    private static ObjectNode object(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            throw missing();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw SchemaProblems.only(SchemaProblem.notFields(value, Optional.empty()));
    }

    private static HttpProblem missing() {
        return SchemaProblems.only(SchemaProblem.missing(Location.body(), NODES.nullNode()));
    }

    private static String text(Body body) {
        String text = body.text();
        if (text.indexOf('\ufffd') >= 0 && !Unicode.isUtf8(body.bytes())) {
            throw HttpProblem.detail(400, UNREADABLE);
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static JsonNode parse(String text) {
        JsonNode value = tree(text);
        if (text.contains("\\ud") || text.contains("\\uD")) {
            Surrogates.check(value);
        }
        return value;
    }

    private static JsonNode tree(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JacksonException unreadable) {
            throw JsonFaults.find(text).map(JsonBody::invalid).orElseGet(() -> HttpProblem.detail(400, UNREADABLE));
        }
    }

    private static HttpProblem invalid(JsonFault fault) {
        return SchemaProblems.only(SchemaProblem.notJson(fault.offset(), fault.message(), NODES.objectNode()));
    }

    private static String mediaType(Request request) {
        String header = request.header("content-type").orElse("");
        return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isJson(String mediaType) {
        return mediaType.equals("application/json")
                || (mediaType.startsWith("application/") && mediaType.endsWith("+json"));
    }

    private static Optional<String> hint(String mediaType) {
        String seen = mediaType.isEmpty() ? "no Content-Type" : "Content-Type " + mediaType;
        return Optional.of(seen + " was sent; send Content-Type: application/json");
    }
}
