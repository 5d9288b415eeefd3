package dev.headway.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.data.Dataset;
import dev.headway.trainer.data.DatasetReader;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.text.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole command on one model that has learnt which of ten digits are odd, and on ruins of it. */
class ValidateCommandTest {
    private static final List<String> DIGITS = IntStream.range(0, 10)
            .mapToObj(digit ->
                    "{\"prompt\":\"" + digit + "?\",\"response\":\"" + (digit % 2 == 0 ? "even" : "odd") + "\"}")
            .toList();
    private static final long STEPS = 60;

    @TempDir
    private static Path shared = Path.of(".");

    private static Job trained = new Job(Path.of("."));

    @TempDir
    private Path directory = Path.of(".");

    private Path data = Path.of(".");

    @BeforeAll
    static void train() throws IOException {
        trained = new Job(shared.resolve("trained")).write();
        Files.write(
                trained.data(),
                Collections.nCopies(5, DIGITS).stream().flatMap(List::stream).toList());
        trained.with(config -> config.put("eval_split", 0.2))
                .training(training ->
                        training.put("max_steps", STEPS).put("batch_size", 16).put("learning_rate", 0.01));
        assertThat(trained.train()).as(trained.printed()).isZero();
    }

    @BeforeEach
    void writeTheQuestions() throws IOException {
        data = Files.write(directory.resolve("digits.jsonl"), DIGITS);
    }

    @Test
    void findsThatATrainedModelKnowsWhatItHasLearnt() {
        JsonNode metrics = validate(
                        trained.output(), "accuracy,precision,recall,f1,loss,perplexity,exact_match,char_error_rate")
                .path("metrics");

        assertThat(metrics.propertyNames())
                .containsExactly(
                        "accuracy",
                        "precision",
                        "recall",
                        "f1",
                        "loss",
                        "perplexity",
                        "exact_match",
                        "char_error_rate");
        for (String share : List.of("accuracy", "precision", "recall", "f1", "exact_match"))
            assertThat(metrics.path(share).asDouble()).as(share).isEqualTo(1.0);
        assertThat(metrics.path("loss").asDouble()).isBetween(0.0, 0.1);
        assertThat(metrics.path("perplexity").asDouble())
                .isEqualTo(Math.exp(metrics.path("loss").asDouble()));
        assertThat(metrics.path("char_error_rate").asDouble()).isZero();
    }

    @Test
    void findsThatAnUntrainedModelKnowsNothing() throws IOException {
        Job untrained = new Job(directory.resolve("untrained")).write();
        untrained.training(training -> training.put("max_steps", 1).put("learning_rate", 1e-9));
        assertThat(untrained.train()).as(untrained.printed()).isZero();

        JsonNode metrics = validate(untrained.output(), "accuracy,exact_match,loss,char_error_rate")
                .path("metrics");

        assertThat(metrics.path("accuracy").asDouble()).isLessThan(0.8);
        assertThat(metrics.path("exact_match").asDouble()).isZero();
        assertThat(metrics.path("loss").asDouble()).isGreaterThan(4);
        assertThat(metrics.path("char_error_rate").asDouble()).isGreaterThan(0.5);
    }

    @Test
    void givesTheSameNumbersToTheLastDigitEveryTime() {
        String metrics = "accuracy,f1,loss,perplexity,char_error_rate";

        assertThat(validate(trained.output(), metrics)).isEqualTo(validate(trained.output(), metrics));
    }

    @Test
    void measuresTheLossThatTheTrainingMeasuredOnItsHeldOutPart() throws IOException {
        List<Example> all = DatasetReader.read(trained.data(), Method.SFT);
        List<Example> heldOut = Dataset.split(all, 0.2, 42, 1024, false).evaluation();
        assertThat(heldOut).hasSize(10);
        data = Files.write(
                directory.resolve("held-out.jsonl"),
                heldOut.stream().map(ValidateCommandTest::line).toList());

        double loss =
                validate(trained.output(), "loss").path("metrics").path("loss").asDouble();

        assertThat(loss).isCloseTo(lastEvaluation(), within(1e-6));
    }

    @Test
    void takesLabelsForWhatTheyAreCalledInTheData() throws IOException {
        data = Files.writeString(
                directory.resolve("labels.json"),
                DIGITS.stream()
                        .map(line -> line.replace("\"response\"", "\"label\"").replace("\"prompt\"", "\"text\""))
                        .collect(Collectors.joining(",\n", "[", "]")));

        assertThat(validate(trained.output(), "f1").path("metrics").path("f1").asDouble())
                .isEqualTo(1.0);
    }

    @Test
    void computesNothingWhenNothingIsAskedForButLoadsTheModelAllTheSame() {
        assertThat(trained.run("validate", "--model", trained.output().toString(), "--data", data.toString()))
                .isZero();
        assertThat(lastLine(trained)).isEqualTo("{\"metrics\":{},\"left_out\":{}}");
        assertThat(trained.run("validate", "--model", directory.toString(), "--data", data.toString()))
                .isEqualTo(1);
    }

    @Test
    void saysInTheLastLineWhyItFailed() throws IOException {
        assertThat(error(directory.resolve("nowhere"))).isEqualTo(directory.resolve("nowhere") + " does not exist");
        data = Files.writeString(directory.resolve("broken.json"), "[{]");
        assertThat(error(trained.output())).startsWith("the data set " + data + " is not JSON: ");
    }

    @Test
    void refusesMetricsThatNobodyKnows() {
        assertThat(trained.run(
                        "validate",
                        "--model",
                        trained.output().toString(),
                        "--data",
                        data.toString(),
                        "--metrics",
                        "f1,beauty"))
                .isEqualTo(2);
    }

    @Test
    void endsWhenTheProcessThatStartedItGoes() throws Exception {
        Files.write(
                data,
                IntStream.range(0, 3000).mapToObj(line -> DIGITS.get(line % 10)).toList());
        Process process = trained.start(
                "validate",
                "--while-input-is-open",
                "--model",
                trained.output().toString(),
                "--data",
                data.toString(),
                "--metrics",
                "char_error_rate,accuracy");

        process.getOutputStream().close();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(trained.log())).isEqualTo(Main.STOPPED);
        assertThat(trained.hasCrashed()).isFalse();
    }

    private String error(Path model) {
        assertThat(run(model, "f1")).isEqualTo(1);
        return Json.parse(lastLine(trained)).path("error").asString();
    }

    private JsonNode validate(Path model, String metrics) {
        assertThat(run(model, metrics)).as(trained.printed()).isZero();
        return Json.parse(lastLine(trained));
    }

    private int run(Path model, String metrics) {
        return trained.run("validate", "--model", model.toString(), "--data", data.toString(), "--metrics", metrics);
    }

    private static String lastLine(Job job) {
        return job.printed().lines().reduce((first, second) -> second).orElseThrow();
    }

    private static double lastEvaluation() {
        return trained.state(STEPS)
                .path("log_history")
                .valueStream()
                .filter(entry -> entry.has("eval_loss"))
                .mapToDouble(entry -> entry.path("eval_loss").asDouble())
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static String line(Example row) {
        return Json.object()
                .put("prompt", ByteTokenizer.decode(row.tokens(0, row.answerStart())))
                .put("response", ByteTokenizer.decode(row.tokens(row.answerStart(), row.length())))
                .toString();
    }
}
