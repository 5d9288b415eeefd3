package dev.headway.server.api.submission;

import dev.headway.server.api.wire.PythonText;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One section of a config, {@code training} say, and the checks that all sections share; immutable as long as its object is
 * left alone.
 *
 * <p>Numbers follow Python, where true is the integer 1 and false is 0, and a fraction too small for a double is 0.0.
 */
record Section(ObjectNode values) {
    /** Finds a section that says something: not absent, null, nor empty. */
    static Optional<Section> find(ObjectNode config, String name) {
        return Optional.ofNullable(config.get(name)).filter(Section::isTruthy).map(Section::require);
    }

    private static Section require(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return new Section(object);
        }
        throw missingAttribute(value, "get");
    }

    boolean has(String key) {
        return values.has(key);
    }

    /** Finds a value that is not absent, which null is not either. */
    Optional<JsonNode> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Finds a text that is neither absent nor null; the name of a Python method says what would be done with it. */
    Optional<String> text(String key, String method) {
        Optional<JsonNode> value = value(key).filter(found -> !found.isNull());
        value.filter(found -> !found.isString()).ifPresent(found -> {
            throw missingAttribute(found, method);
        });
        return value.map(JsonNode::stringValue);
    }

    void requirePositiveNumber(String key, String label) {
        require(key, value -> isNumber(value) && signum(value) > 0, label + " must be positive");
    }

    void requirePositiveInteger(String key, String label) {
        require(key, value -> isInteger(value) && signum(value) > 0, label + " must be positive integer");
    }

    void requireNonNegativeInteger(String key, String label) {
        require(key, value -> isInteger(value) && signum(value) >= 0, label + " must be non-negative integer");
    }

    /** Returns whether the value is a number above a bound. */
    boolean exceeds(String key, double bound) {
        return value(key)
                .filter(JsonNode::isNumber)
                .filter(value -> value.decimalValue().compareTo(BigDecimal.valueOf(bound)) > 0)
                .isPresent();
    }

    private void require(String key, Predicate<JsonNode> rule, String sentence) {
        value(key).filter(rule.negate()).ifPresent(value -> {
            throw Refusal.invalid(sentence + ", got " + PythonText.str(value));
        });
    }

    private static RuntimeException missingAttribute(JsonNode value, String attribute) {
        return Refusal.unexpected("'" + PythonText.typeName(value) + "' object has no attribute '" + attribute + "'");
    }

    private static boolean isNumber(JsonNode value) {
        return value.isNumber() || value.isBoolean();
    }

    private static boolean isInteger(JsonNode value) {
        return value.isIntegralNumber() || value.isBoolean();
    }

    private static int signum(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? 1 : 0;
        }
        return value.isIntegralNumber()
                ? value.bigIntegerValue().signum()
                : (int) Math.signum(value.decimalValue().doubleValue());
    }

    private static boolean isTruthy(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> !value.stringValue().isEmpty();
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> signum(value) != 0;
            case ARRAY, OBJECT -> !value.isEmpty();
            default -> false;
        };
    }
}
