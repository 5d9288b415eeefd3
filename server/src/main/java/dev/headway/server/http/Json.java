package dev.headway.server.http;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * How this server writes and reads JSON; its mapper may be shared by all threads.
 *
 * <p>Written compact, in UTF-8, names of records in snake_case, without escaping what is not ASCII, nulls present, and null
 * in place of a number that JSON cannot carry (contract A14, B1.0). Read with a bound on nesting, so that a small body cannot
 * exhaust the stack, and one on the number of values, so that a large body cannot exhaust the memory; with fractions kept
 * digit for digit; of a key that comes twice the last value counts.
 */
public final class Json {
    /** The deepest nesting of objects and arrays that is read. */
    public static final int MAX_DEPTH = 200;

    private static final long MAX_TOKENS = 2_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(1_000)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .addDecorator((factory, generator) -> new FiniteNumbers(generator))
                    .build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** Returns the one mapper, set up as this class says. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Returns a value as the bytes of its JSON. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }
}
