package dev.headway.trainer;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.checkpoint.ModelDirectory;
import dev.headway.trainer.data.DatasetReader;
import dev.headway.trainer.data.Question;
import dev.headway.trainer.evaluate.Measured;
import dev.headway.trainer.evaluate.Metric;
import dev.headway.trainer.evaluate.Validation;
import dev.headway.trainer.failure.TrainerFailure;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.progress.RunLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that measures a model on a data set: what the server starts to validate. For the main thread. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Measures a model on a data set. The last line printed is a JSON object: {\"metrics\":{…},\"left_out\":{…}}"
                    + " with the reasons for what could not be measured, or {\"error\":\"…\"} and the exit code 1."
        })
final class ValidateCommand implements Callable<Integer> {
    private final Machine machine;
    private final Lifeline lifeline;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "a finished model or a checkpoint")
    private Path model = Path.of(".");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "JSON lines, or an array, of {\"text\",\"label\"}, {\"prompt\",\"response\"}, {\"messages\"},"
                    + " {\"text\"}")
    private Path data = Path.of(".");

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "NAME",
            description = "of accuracy, precision, recall, f1, loss, perplexity, exact_match, char_error_rate")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--while-input-is-open",
            description = "end when the standard input does, as it does when the process that started this one dies")
    private boolean isOnALifeline;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ValidateCommand(Machine machine, Lifeline lifeline) {
        this.machine = machine;
        this.lifeline = lifeline;
    }

    @Override
    public Integer call() {
        Set<Metric> wanted = wanted();
        if (isOnALifeline) lifeline.watch();
        try {
            machine.out().println(Json.compact(measure(wanted).toJson()));
            return Main.OK;
        } catch (TrainerFailure failure) {
            return fail(String.valueOf(failure.getMessage()));
        } catch (OutOfMemoryError tooLarge) {
            return fail("the memory does not suffice (" + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MiB of it may be used); take a smaller data set");
        } catch (RuntimeException defect) {
            defect.printStackTrace(machine.out());
            return fail("the evaluation broke down: " + defect);
        }
    }

    private Set<Metric> wanted() {
        Set<Metric> wanted = EnumSet.noneOf(Metric.class);
        for (String name : metrics) {
            if (!name.isBlank()) wanted.add(Metric.find(name).orElseThrow(() -> unknown(name)));
        }
        return wanted;
    }

    private CommandLine.ParameterException unknown(String name) {
        return new CommandLine.ParameterException(
                spec.commandLine(), "\"" + name + "\" is no metric; accepted are " + Metric.names());
    }

    private Measured measure(Set<Metric> wanted) {
        new EngineSetup(machine.environment(), new RunLog(machine.out(), machine.clock(), "Validate")).apply();
        List<Question> questions = DatasetReader.readQuestions(data);
        try (NDManager manager = NDManager.newBaseManager();
                LlamaModel loaded = ModelDirectory.load(model, manager)) {
            return new Validation(loaded, questions, manager).measure(wanted);
        }
    }

    private int fail(String reason) {
        machine.out().println(Json.compact(Json.object().put("error", reason)));
        return Main.FAILED;
    }
}
