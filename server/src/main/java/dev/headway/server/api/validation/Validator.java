package dev.headway.server.api.validation;

import dev.headway.jobs.run.ErrandEnd;
import dev.headway.jobs.run.Errands;
import dev.headway.jobs.run.ValidationCommand;
import dev.headway.limiter.Ticker;
import dev.headway.server.metrics.ValidationMeter;
import java.nio.file.Path;
import java.time.Duration;
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
    private final ValidationMeter meter;
    private final Ticker ticker;

    /** What has come of it, for whoever asked and for the meter. */
    private record Outcome(ValidationMeter.End end, ValidationAnswer answer) {
        static Outcome failed(String reason) {
            return new Outcome(ValidationMeter.End.FAILED, ValidationAnswer.failed(reason));
        }
    }

    /**
     * Makes a validator.
     *
     * @param errands runs the programs; the caller closes them
     * @param command how one is started
     * @param meter is told of every model that was measured
     * @param ticker tells how long that took
     */
    public Validator(Errands errands, ValidationCommand command, ValidationMeter meter, Ticker ticker) {
        this.errands = errands;
        this.command = command;
        this.meter = meter;
        this.ticker = ticker;
    }

    /** Has a model measured, unless as many are being measured as may be at once. */
    Optional<CompletableFuture<ValidationAnswer>> tryValidate(Path model, Path data, List<String> metrics) {
        long startNanos = ticker.nanos();
        return errands.tryRun(command.words(model, data, metrics)).map(end -> answer(end, metrics, startNanos));
    }

    private CompletableFuture<ValidationAnswer> answer(
            CompletableFuture<ErrandEnd> end, List<String> metrics, long startNanos) {
        CompletableFuture<Outcome> outcome = end.thenApply(ended -> outcome(ended, metrics));
        // Nothing comes of these two: an answer that was given had its end before, which cannot be cancelled any more.
        CompletionStage<?> unusedToo =
                outcome.whenComplete((known, givenUp) -> tell(Optional.ofNullable(known), startNanos));
        CompletableFuture<ValidationAnswer> answer = outcome.thenApply(Outcome::answer);
        CompletionStage<?> unused = answer.whenComplete((given, givenUp) -> end.cancel(false));
        return answer;
    }

    private void tell(Optional<Outcome> outcome, long startNanos) {
        ValidationMeter.End end = outcome.map(Outcome::end).orElse(ValidationMeter.End.GIVEN_UP);
        meter.ended(end, Duration.ofNanos(ticker.nanos() - startNanos));
    }

    private Outcome outcome(ErrandEnd end, List<String> metrics) {
        if (end instanceof ErrandEnd.Ended ended) {
            return outcome(ended, metrics);
        }
        if (end instanceof ErrandEnd.TimedOut) {
            return new Outcome(
                    ValidationMeter.End.TIMED_OUT,
                    ValidationAnswer.failed(
                            "it took longer than " + errands.settings().limit().toSeconds()
                                    + " seconds (VALIDATION_TIMEOUT); take a smaller data set"));
        }
        if (end instanceof ErrandEnd.NotStarted notStarted) {
            return Outcome.failed(notStarted.reason());
        }
        return new Outcome(ValidationMeter.End.GIVEN_UP, ValidationAnswer.failed("the server was stopped meanwhile"));
    }

    private static Outcome outcome(ErrandEnd.Ended ended, List<String> metrics) {
        Optional<Report> report = Report.find(ended.output());
        Optional<String> error = report.flatMap(Report::error);
        if (error.isPresent()) {
            return Outcome.failed(error.get());
        }
        if (report.isEmpty() || ended.code() != 0) {
            return Outcome.failed(withoutResult(ended));
        }
        return new Outcome(
                ValidationMeter.End.COMPLETED,
                ValidationAnswer.completed(
                        report.get().metrics(metrics), report.get().leftOut(metrics)));
    }

    private static String withoutResult(ErrandEnd.Ended ended) {
        if (ended.code() == KILLED) {
            return "the validating program was killed, probably because the machine ran out of memory";
        }
        return "the validating program ended with code " + ended.code() + " and without a result; the last line that it"
                + " printed: " + Report.lastLine(ended.output());
    }
}
