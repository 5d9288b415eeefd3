package dev.headway.server.config;

import dev.headway.jobs.Patience;
import dev.headway.jobs.QueueRules;
import dev.headway.jobs.run.InvalidTrainerCommand;
import dev.headway.jobs.run.TrainerCommand;
import dev.headway.jobs.run.ValidationCommand;
import dev.headway.jobs.workspace.FileNames;
import java.time.Duration;
import java.util.Set;

/** Reads how jobs are run; stateless. */
final class JobReader {
    private JobReader() {}

    static JobSettings read(SettingReader reader) {
        return new JobSettings(
                reader.optional(Variable.TRAINER_COMMAND, JobReader::command),
                validation(reader),
                Set.copyOf(reader.list(Variable.TRAINER_ENV_PASSTHROUGH, JobReader::variableName)),
                queue(reader),
                patience(reader),
                fileNames(reader),
                reader.optional(Variable.HEADWAY_DATABASE_URL, JobReader::databaseUrl),
                reader.fraction(Variable.DEFAULT_EVAL_SPLIT),
                reader.wholeNumber(Variable.MAX_REQUEST_BYTES, 1, 1 << 30));
    }

    private static ValidationSettings validation(SettingReader reader) {
        return new ValidationSettings(
                reader.optional(Variable.VALIDATION_COMMAND, ValidationCommand::parse),
                Duration.ofSeconds(reader.wholeNumber(Variable.VALIDATION_TIMEOUT, 1, 86_400)),
                reader.wholeNumber(Variable.VALIDATION_MAX_CONCURRENT, 1, 100));
    }

    private static QueueRules queue(SettingReader reader) {
        return new QueueRules(
                reader.wholeNumber(Variable.TRAINING_MAX_CONCURRENT_JOBS, 1, 1_000),
                reader.wholeNumber(Variable.TRAINING_MAX_QUEUED_JOBS, 1, 1_000_000),
                reader.wholeNumber(Variable.TRAINING_MAX_RESTARTS, 0, 1_000));
    }

    private static Patience patience(SettingReader reader) {
        return new Patience(
                Patience.DEFAULT.tick(),
                reader.seconds(Variable.PROCESS_TERMINATION_TIMEOUT_DEFAULT),
                reader.seconds(Variable.PROCESS_TERMINATION_TIMEOUT_CHECKPOINT),
                reader.seconds(Variable.PROCESS_TERMINATION_TIMEOUT_QUICK),
                reader.minutes(Variable.JOB_TIMEOUT_MINUTES));
    }

    private static FileNames fileNames(SettingReader reader) {
        return new FileNames(
                reader.value(Variable.CONFIG_DIR_NAME, JobReader::fileName),
                reader.value(Variable.LOGS_DIR_NAME, JobReader::fileName),
                reader.value(Variable.PROGRESS_FILENAME, JobReader::fileName),
                reader.value(Variable.TRAINER_STATE_FILENAME, JobReader::fileName));
    }

    private static TrainerCommand command(String text) {
        try {
            return TrainerCommand.parse(text);
        } catch (InvalidTrainerCommand complaint) {
            throw new IllegalArgumentException(complaint.getMessage(), complaint);
        }
    }

    private static String fileName(String text) {
        if (!text.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "accepted is one name of letters, digits, dots, hyphens and underscores");
        }
        return text;
    }

    private static String variableName(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("\"" + text + "\" is not the name of a variable");
        }
        return text;
    }

    private static String databaseUrl(String text) {
        if (!text.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("accepted is a URL that begins with jdbc:postgresql:");
        }
        return text;
    }
}
