package dev.headway.jobs.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a model is measured: a command line with {@code {model}}, {@code {data}} and {@code {metrics}} in it, cut into words
 * as {@link CommandTemplate} describes. Immutable.
 */
public final class ValidationCommand {
    private static final Set<String> PLACEHOLDERS = Set.of("model", "data", "metrics");

    private final CommandTemplate template;

    private ValidationCommand(CommandTemplate template) {
        this.template = template;
    }

    /**
     * Reads a template.
     *
     * @param template the command line
     * @return the command
     * @throws IllegalArgumentException if there is no command in it, a quote is open, or a placeholder is unknown
     */
    public static ValidationCommand parse(String template) {
        try {
            return new ValidationCommand(CommandTemplate.parse(template, PLACEHOLDERS));
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException(
                    problem.getMessage()
                            + "; accepted is a program with arguments, in which {model}, {data} and {metrics} are filled in",
                    problem);
        }
    }

    /**
     * Makes a template out of words that are already apart; placeholders work in them as well.
     *
     * @param words the program and its arguments
     * @return the command
     * @throws IllegalArgumentException if there is no word or a placeholder is unknown
     */
    public static ValidationCommand ofWords(List<String> words) {
        return new ValidationCommand(CommandTemplate.ofWords(words, PLACEHOLDERS));
    }

    /**
     * Fills the placeholders in.
     *
     * @param model the directory of the model
     * @param data the file with the data set
     * @param metrics the names of what is to be measured, which are joined by commas
     * @return the program and its arguments
     */
    public List<String> words(Path model, Path data, List<String> metrics) {
        return template.words(
                Map.of("model", model.toString(), "data", data.toString(), "metrics", String.join(",", metrics)));
    }

    @Override
    public String toString() {
        return template.toString();
    }
}
