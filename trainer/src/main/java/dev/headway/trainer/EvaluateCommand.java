package dev.headway.trainer;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.checkpoint.ModelDirectory;
import dev.headway.trainer.config.Method;
import dev.headway.trainer.data.DatasetReader;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.evaluate.Answer;
import dev.headway.trainer.evaluate.ExactMatch;
import dev.headway.trainer.failure.TrainerFailure;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.progress.RunLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that examines a finished model on data it has not seen. For the main thread. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a model answer every prompt of a data set, token by token, and counts the answers that are exactly"
                    + " the expected ones."
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Machine machine;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "a finished model or a checkpoint")
    private Path model = Path.of(".");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "lines of {\"prompt\":…,\"response\":…}")
    private Path data = Path.of(".");

    @Option(names = "--samples", paramLabel = "N", description = "answers to show (default: ${DEFAULT-VALUE})")
    private int samples = 5;

    @Option(names = "--batch-size", paramLabel = "N", description = "prompts at a time (default: ${DEFAULT-VALUE})")
    private int batchSize = 100;

    EvaluateCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Integer call() {
        try {
            evaluate();
            return Main.OK;
        } catch (TrainerFailure failure) {
            machine.out().println("ERROR: Evaluation failed: " + failure.getMessage());
            return Main.FAILED;
        }
    }

    private void evaluate() {
        new EngineSetup(machine.environment(), new RunLog(machine.out(), machine.clock(), "Evaluate")).apply();
        List<Example> examples = DatasetReader.read(data, Method.SFT);
        try (NDManager manager = NDManager.newBaseManager();
                LlamaModel loaded = ModelDirectory.load(model, manager)) {
            print(new ExactMatch(loaded, Math.max(1, batchSize), 1, manager).ask(examples));
        }
    }

    private void print(List<Answer> answers) {
        long exact = answers.stream().filter(Answer::isExact).count();
        Stream<Answer> wrong = answers.stream().filter(answer -> !answer.isExact());
        Stream<Answer> right = answers.stream().filter(Answer::isExact);
        Stream.concat(right.limit(samples), wrong.limit(samples)).forEach(this::print);
        machine.out()
                .printf(
                        Locale.ROOT,
                        "%d of %d answers exactly right (%.2f %%)%n",
                        exact,
                        answers.size(),
                        100.0 * exact / answers.size());
    }

    private void print(Answer answer) {
        String verdict = answer.isExact() ? "right" : "wrong, expected " + answer.expected();
        machine.out().println(answer.prompt() + " " + answer.shown() + "   (" + verdict + ")");
    }
}
