package dev.headway.server.api.submission;

import dev.headway.server.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dataset that is one JSON document: an array of examples, or an object that has them under {@code examples}; immutable,
 * so threads may share it.
 *
 * @param examples the examples; absent where the document has no place for any, none where that holds no array
 * @param keys the first few keys of the document, if it is an object
 */
record WholeText(Optional<Slices> examples, List<String> keys) {
    private static final String EXAMPLES = "examples";
    private static final int KEYS_SHOWN = 20;

    /** Goes through documents without building anything, and so may go through any number of values. */
    private static final JsonMapper WALKER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Json.MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    /** Finds the examples in a text, unless it is not one JSON document. */
    static Optional<WholeText> find(String text) {
        try (JsonParser parser = WALKER.createParser(text)) {
            parser.nextToken();
            WholeText found = parser.hasToken(JsonToken.START_OBJECT)
                    ? inObject(parser, text)
                    : new WholeText(array(parser, text), List.of());
            boolean isOne = parser.nextToken() == null;
            return isOne ? Optional.of(found) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static WholeText inObject(JsonParser parser, String text) {
        List<String> keys = new ArrayList<>();
        Optional<Slices> examples = Optional.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            if (keys.size() < KEYS_SHOWN) {
                keys.add(key);
            }
            parser.nextToken();
            if (key.equals(EXAMPLES)) {
                examples = Optional.of(array(parser, text).orElseGet(() -> new Slices(text)));
            } else {
                parser.skipChildren();
            }
        }
        return new WholeText(examples, keys);
    }

    /** Cuts the array that begins here; what is no array is passed over. */
    private static Optional<Slices> array(JsonParser parser, String text) {
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            parser.skipChildren();
            return Optional.empty();
        }
        Slices slices = new Slices(text);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            parser.finishToken();
            if (!slices.add(start, (int) parser.currentLocation().getCharOffset())) {
                throw Refusal.invalid("Invalid dataset format: example " + (slices.size() + 1)
                        + " has too many values or a number that is too long");
            }
        }
        return Optional.of(slices);
    }
}
