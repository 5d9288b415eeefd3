package dev.headway.server.metrics;

import java.util.Locale;

/** What a request is answered, as metrics show it; an immutable value. */
enum Outcome {
    /** 1xx, 2xx and 3xx. */
    SUCCESS,
    /** 401 and 403: a key is missing or wrong, or a path lies outside of what may be seen. */
    FORBIDDEN,
    /** 429: over a limit. */
    REFUSED,
    /** Every other 4xx: the request is at fault. */
    CLIENT_ERROR,
    /** 503: the queue, the workers or the table of clients are full. */
    UNAVAILABLE,
    /** Every other 5xx: the server is at fault. */
    SERVER_ERROR;

    static Outcome of(int status) {
        return switch (status) {
            case 401, 403 -> FORBIDDEN;
            case 429 -> REFUSED;
            case 503 -> UNAVAILABLE;
            default -> byClass(status);
        };
    }

    private static Outcome byClass(int status) {
        if (status < 400) {
            return SUCCESS;
        }
        return status < 500 ? CLIENT_ERROR : SERVER_ERROR;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
