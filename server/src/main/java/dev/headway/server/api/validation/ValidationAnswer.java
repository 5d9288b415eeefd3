package dev.headway.server.api.validation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The answer to a validation, in the form that clients read (contract B1.3); an immutable value.
 *
 * @param jobId a name of its own, under which nothing is kept
 * @param status {@code completed} or {@code failed}
 * @param metrics the numbers by name; NaN, which is null on the wire, where there was nothing to measure
 * @param message what happened, in a sentence
 */
record ValidationAnswer(String jobId, String status, Map<String, Double> metrics, String message) {
    ValidationAnswer {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** Returns the answer with what was measured; {@code leftOut} says what was not, and is mostly empty. */
    static ValidationAnswer completed(Map<String, Double> metrics, String leftOut) {
        String message = "Validation completed successfully with " + metrics.size() + " metrics";
        return new ValidationAnswer(
                newId(), "completed", metrics, leftOut.isEmpty() ? message : message + "; left out: " + leftOut);
    }

    /** Returns the answer that says why nothing was measured. */
    static ValidationAnswer failed(String reason) {
        return new ValidationAnswer(newId(), "failed", Map.of(), "Validation failed: " + reason);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
