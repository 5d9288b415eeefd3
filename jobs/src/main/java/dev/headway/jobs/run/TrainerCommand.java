package dev.headway.jobs.run;

import dev.headway.jobs.job.JobId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a trainer is started: a command line with {@code {config}} and {@code {job_id}} in it, cut into words as
 * {@link CommandTemplate} describes. Immutable.
 */
public final class TrainerCommand {
    private static final Set<String> PLACEHOLDERS = Set.of("config", "job_id");

    private final CommandTemplate template;

    private TrainerCommand(CommandTemplate template) {
        this.template = template;
    }

    /**
     * Reads a template.
     *
     * @param template the command line
     * @return the command
     * @throws InvalidTrainerCommand if there is no command in it, a quote is open, or a placeholder is unknown
     */
    public static TrainerCommand parse(String template) {
        try {
            return new TrainerCommand(CommandTemplate.parse(template, PLACEHOLDERS));
        } catch (IllegalArgumentException problem) {
            throw new InvalidTrainerCommand(template, String.valueOf(problem.getMessage()));
        }
    }

    /**
     * Makes a template out of words that are already apart; placeholders work in them as well.
     *
     * @param words the program and its arguments
     * @return the command
     * @throws InvalidTrainerCommand if there is no word or a placeholder is unknown
     */
    public static TrainerCommand ofWords(List<String> words) {
        try {
            return new TrainerCommand(CommandTemplate.ofWords(words, PLACEHOLDERS));
        } catch (IllegalArgumentException problem) {
            throw new InvalidTrainerCommand(String.join(" ", words), String.valueOf(problem.getMessage()));
        }
    }

    /**
     * Fills the placeholders in.
     *
     * @param config the config file of the job
     * @param jobId the job
     * @return the program and its arguments
     */
    public List<String> words(Path config, JobId jobId) {
        return template.words(Map.of("config", config.toString(), "job_id", jobId.text()));
    }

    @Override
    public String toString() {
        return template.toString();
    }
}
