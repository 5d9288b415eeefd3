package dev.headway.server.api.submission;

import dev.headway.server.api.wire.Excerpt;
import dev.headway.server.http.HttpProblem;

/**
 * The two answers to a config or dataset that will not do; pure functions, safe for all threads.
 *
 * <p>They quote the client, so they are cut where the client was verbose: a wrong value of a hundred megabytes need not be
 * sent back.
 */
final class Refusal {
    private static final int MAX_TEXT = 4_000;

    private Refusal() {}

    /** A rule is broken: 400. */
    static HttpProblem invalid(String text) {
        return HttpProblem.detail(400, "Configuration validation failed: " + Excerpt.of(text, MAX_TEXT));
    }

    /**
     * A value is of a type that no rule speaks of. The answer is 500 with the text that Python has for it, because that is
     * what clients of this API know (contract B1.2).
     */
    static HttpProblem unexpected(String text) {
        return HttpProblem.detail(500, "Validation error: " + Excerpt.of(text, MAX_TEXT));
    }
}
