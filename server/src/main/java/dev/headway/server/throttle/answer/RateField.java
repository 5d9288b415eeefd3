package dev.headway.server.throttle.answer;

/** The header fields that tell a client how its limits stand; an immutable value. */
public enum RateField {
    /** The limits: quota and window in seconds. */
    POLICY("RateLimit-Policy"),
    /** How they stand: what remains, and seconds until there is more. */
    STANDING("RateLimit"),
    /** The quota of the limit that leaves least. */
    LIMIT("X-RateLimit-Limit"),
    /** What remains of it. */
    REMAINING("X-RateLimit-Remaining"),
    /** The second since 1970 at which there is more, rounded up. */
    RESET("X-RateLimit-Reset"),
    /** Whole seconds after which the request would be admitted, rounded up. */
    RETRY_AFTER("Retry-After");

    private final String fieldName;

    RateField(String fieldName) {
        this.fieldName = fieldName;
    }

    /** Returns the name on the wire. */
    public String fieldName() {
        return fieldName;
    }
}
