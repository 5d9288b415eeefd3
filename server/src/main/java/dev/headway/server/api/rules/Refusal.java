package dev.headway.server.api.rules;

import dev.headway.server.http.HttpProblem;

/** The two answers to a config or dataset that will not do; pure functions, safe for all threads. */
final class Refusal {
    private Refusal() {}

    /** A rule is broken: 400. */
    static HttpProblem invalid(String text) {
        return HttpProblem.detail(400, "Configuration validation failed: " + text);
    }

    /**
     * A value is of a type that no rule speaks of. The answer is 500 with the text that Python has for it, because that is
     * what clients of this API know (contract B1.2).
     */
    static HttpProblem unexpected(String text) {
        return HttpProblem.detail(500, "Validation error: " + text);
    }
}
