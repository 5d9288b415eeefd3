package dev.headway.server.config;

import java.util.List;

/** The server cannot start like this; the message lists every problem, one a line. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidSettings(List<String> problems) {
        super((problems.size() == 1 ? "1 problem" : problems.size() + " problems") + " with the settings:\n  - "
                + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, each a sentence. */
    public List<String> problems() {
        return problems;
    }
}
