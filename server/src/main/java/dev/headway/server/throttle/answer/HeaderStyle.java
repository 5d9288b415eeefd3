package dev.headway.server.throttle.answer;

/** Which header fields tell a client how its limits stand; an immutable value. */
public enum HeaderStyle {
    /** The fields of the IETF draft and the older ones. */
    ALL(true, true),
    /** Only RateLimit-Policy and RateLimit. */
    IETF(true, false),
    /** Only X-RateLimit-Limit, -Remaining and -Reset. */
    LEGACY(false, true),
    /** None but Retry-After on a refusal. */
    NONE(false, false);

    private final boolean ietf;
    private final boolean legacy;

    HeaderStyle(boolean ietf, boolean legacy) {
        this.ietf = ietf;
        this.legacy = legacy;
    }

    boolean ietf() {
        return ietf;
    }

    boolean legacy() {
        return legacy;
    }
}
