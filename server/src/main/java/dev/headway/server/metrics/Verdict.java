package dev.headway.server.metrics;

import dev.headway.server.throttle.answer.Ruling;
import java.util.Locale;

/** What is decided about a request before it is read, as metrics show it; an immutable value. */
enum Verdict {
    /** Counted, and let in. */
    ADMITTED,
    /** Let in, and not counted. */
    UNLIMITED,
    /** Over a limit. */
    REFUSED,
    /** Of somebody new, when as many are counted as can be. */
    FULL,
    /** Of somebody who is not served. */
    DENIED;

    private static final int UNAVAILABLE = 503;

    static Verdict of(Ruling ruling) {
        if (ruling instanceof Ruling.Refused refused) {
            return refused.status() == UNAVAILABLE ? FULL : REFUSED;
        }
        if (ruling instanceof Ruling.Admitted) {
            return ADMITTED;
        }
        return ruling instanceof Ruling.Denied ? DENIED : UNLIMITED;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
