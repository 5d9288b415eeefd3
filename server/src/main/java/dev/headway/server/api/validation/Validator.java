package dev.headway.server.api.validation;

import dev.headway.jobs.run.ErrandEnd;
import dev.headway.jobs.run.Errands;
import dev.headway.jobs.run.ValidationCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has models measured, each by a program of its own; safe for all threads.
 *
 * <p>The program is bounded in number, time, memory and output, and no thread of ours waits for it but one that reads what
 * it prints. Whoever gives an answer up before it is there ends the program.
 */
public final class Validator {
    private static final int KILLED = 137;

    private final Errands errands;
    private final ValidationCommand command;

    /**
     * Makes a validator.
     *
     * @param errands runs the programs; the caller closes them
     * @param command how one is started
     */
    public Validator(Errands errands, ValidationCommand command) {
        this.errands = errands;
        this.command = command;
    }

    /** Has a model measured, unless as many are being measured as may be at once. */
    Optional<CompletableFuture<ValidationAnswer>> tryValidate(Path model, Path data, List<String> metrics) {
        return errands.tryRun(command.words(model, data, metrics)).map(end -> answer(end, metrics));
    }

    private CompletableFuture<ValidationAnswer> answer(CompletableFuture<ErrandEnd> end, List<String> metrics) {
        CompletableFuture<ValidationAnswer> answer = end.thenApply(ended -> answer(ended, metrics));
        // Nothing comes of it: an answer that was given had its end before, which cannot be cancelled any more.
        CompletionStage<?> unused = answer.whenComplete((given, givenUp) -> end.cancel(false));
        return answer;
    }

    private ValidationAnswer answer(ErrandEnd end, List<String> metrics) {
        if (end instanceof ErrandEnd.Ended ended) {
            return answer(ended, metrics);
        }
        if (end instanceof ErrandEnd.TimedOut) {
            return ValidationAnswer.failed(
                    "it took longer than " + errands.settings().limit().toSeconds()
                            + " seconds (VALIDATION_TIMEOUT); take a smaller data set");
        }
        if (end instanceof ErrandEnd.NotStarted notStarted) {
            return ValidationAnswer.failed(notStarted.reason());
        }
        return ValidationAnswer.failed("the server was stopped meanwhile");
    }

    private static ValidationAnswer answer(ErrandEnd.Ended ended, List<String> metrics) {
        Optional<Report> report = Report.find(ended.output());
        Optional<String> error = report.flatMap(Report::error);
        if (error.isPresent()) {
            return ValidationAnswer.failed(error.get());
        }
        if (report.isEmpty() || ended.code() != 0) {
            return ValidationAnswer.failed(withoutResult(ended));
        }
        return ValidationAnswer.completed(
                report.get().metrics(metrics), report.get().leftOut(metrics));
    }

    private static String withoutResult(ErrandEnd.Ended ended) {
        if (ended.code() == KILLED) {
            return "the validating program was killed, probably because the machine ran out of memory";
        }
        return "the validating program ended with code " + ended.code() + " and without a result; the last line that it"
                + " printed: " + Report.lastLine(ended.output());
    }
}
