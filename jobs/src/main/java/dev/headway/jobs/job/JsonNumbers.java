package dev.headway.jobs.job;

import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * Numbers in JSON that somebody else wrote; pure functions, safe for all threads.
 *
 * <p>JSON puts no bound on a number. An integer of four hundred digits is good JSON, fits no {@code double}, and the JSON
 * library throws where it is asked for one.
 */
public final class JsonNumbers {
    private JsonNumbers() {}

    /**
     * Finds the number that a value is.
     *
     * @param value any JSON value
     * @return the nearest double, unless the value is no number or beyond all doubles
     */
    public static OptionalDouble finite(JsonNode value) {
        if (!value.isNumber()) {
            return OptionalDouble.empty();
        }
        double number = value.numberValue().doubleValue();
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
