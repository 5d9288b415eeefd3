package dev.headway.server.http;

/** Which key a caller must show before a route does anything; an immutable value. */
public enum Access {
    /** Anyone. */
    OPEN,
    /** A key of {@code API_KEYS_FILE}, where that is set; else anyone. */
    TRAINING_KEY,
    /** The key in {@code FILESYSTEM_API_KEY}, where that is set; else anyone. */
    FILESYSTEM_KEY,
    /** The key in {@code ADMIN_API_KEY}; where that is not set, nobody. */
    OPERATOR_KEY,
    /** The key in {@code METRICS_API_KEY}, where that is set; else anyone. */
    METRICS_KEY
}
