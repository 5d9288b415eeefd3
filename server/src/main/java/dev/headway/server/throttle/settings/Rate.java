package dev.headway.server.throttle.settings;

import dev.headway.limiter.Limit;
import java.util.List;

/**
 * Limits as somebody configured them; an immutable value.
 *
 * @param text the text as it was written, which logs and health show
 * @param limits what it means
 */
public record Rate(String text, List<Limit> limits) {
    /** Copies the limits. */
    public Rate {
        limits = List.copyOf(limits);
    }

    /**
     * Reads a limit's notation.
     *
     * @throws dev.headway.limiter.LimitSyntaxException with the column and what is accepted
     */
    public static Rate parse(String text) {
        return new Rate(text, Limit.parseAll(text));
    }

    @Override
    public String toString() {
        return text;
    }
}
