package dev.headway.jobs.run;

import dev.headway.jobs.job.JobId;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a trainer is started: a command line with {@code {config}} and {@code {job_id}} in it. Immutable.
 *
 * <p>The line is cut into words here and never given to a shell. Blanks separate words; {@code '…'} keeps everything in
 * it, {@code "…"} too but for a backslash before {@code "} or {@code \}; a backslash elsewhere keeps the next character.
 * The placeholders are filled in after the cutting, so a path with blanks stays one word. Nothing else is special:
 * for pipes or variables write {@code sh -c '…'}.
 */
public final class TrainerCommand {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    private final String template;
    private final List<String> words;

    private TrainerCommand(String template, List<String> words) {
        this.template = template;
        this.words = words;
    }

    /**
     * Reads a template.
     *
     * @param template the command line
     * @return the command
     * @throws InvalidTrainerCommand if there is no command in it, a quote is open, or a placeholder is unknown
     */
    public static TrainerCommand parse(String template) {
        List<String> words = new WordCutter(template).cut();
        if (words.isEmpty()) {
            throw new InvalidTrainerCommand(template, "it is empty");
        }
        words.forEach(word -> requireKnownPlaceholders(template, word));
        return new TrainerCommand(template, words);
    }

    /**
     * Makes a template out of words that are already apart; placeholders work in them as well.
     *
     * @param words the program and its arguments
     * @return the command
     * @throws InvalidTrainerCommand if there is no word or a placeholder is unknown
     */
    public static TrainerCommand ofWords(List<String> words) {
        String template = String.join(" ", words);
        if (words.isEmpty()) {
            throw new InvalidTrainerCommand(template, "it is empty");
        }
        words.forEach(word -> requireKnownPlaceholders(template, word));
        return new TrainerCommand(template, List.copyOf(words));
    }

    /**
     * Fills the placeholders in.
     *
     * @param config the config file of the job
     * @param jobId the job
     * @return the program and its arguments
     */
    public List<String> words(Path config, JobId jobId) {
        return words.stream()
                .map(word -> word.replace("{job_id}", jobId.text()).replace("{config}", config.toString()))
                .toList();
    }

    @Override
    public String toString() {
        return template;
    }

    private static void requireKnownPlaceholders(String template, String word) {
        Matcher matcher = PLACEHOLDER.matcher(word);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!name.equals("config") && !name.equals("job_id")) {
                throw new InvalidTrainerCommand(template, "unknown placeholder {" + name + "}");
            }
        }
    }
}
