package dev.headway.server.throttle.rules;

import java.util.List;
import java.util.stream.Collectors;

/** Rules have limits that the store cannot keep; nothing has changed. */
public final class RulesNotKept extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Names the rules with the reasons. */
    public RulesNotKept(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.rule().place() + ": " + problem.text())
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * A rule that cannot be kept.
     *
     * @param rule the rule
     * @param text why
     */
    public record Problem(Rule rule, String text) {}

    /** Returns the rules with the reasons. */
    public List<Problem> problems() {
        return problems;
    }
}
