package dev.headway.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headway.trainer.data.DatasetReader;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.data.Question;
import dev.headway.trainer.failure.UnusableDataset;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.model.ModelShape;
import dev.headway.trainer.model.RandomStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An untrained model of one block: what it says is nonsense, but it must be measured rightly. */
class ValidationTest {
    private static final Set<Metric> ALL = EnumSet.allOf(Metric.class);

    @TempDir
    private Path directory = Path.of(".");

    private final NDManager manager = NDManager.newBaseManager();
    private final LlamaModel model = model();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void choosesTheAnswerWhoseTokensAreLikeliestTogether() throws IOException {
        List<Question> questions = questions(
                "{\"text\":\"1\",\"label\":\"a\"}",
                "{\"text\":\"two\",\"label\":\"bc\"}",
                "{\"text\":\"3\",\"label\":\"d\"}",
                "{\"text\":\"four\",\"label\":\"a\"}");

        Choices choices = new Chooser(model, manager).choose(questions);

        List<String> expected = questions.stream()
                .map(question -> likeliest(question, List.of("a", "bc", "d")))
                .toList();
        assertThat(choices.chosen()).isEqualTo(expected);
        assertThat(choices.right()).containsExactly("a", "bc", "d", "a");
    }

    @Test
    void choosesAmongTheChoicesThatAQuestionNames() throws IOException {
        List<Question> questions = questions(
                "{\"text\":\"1\",\"label\":\"p\",\"choices\":[\"p\",\"q\"]}",
                "{\"text\":\"1\",\"label\":\"r\",\"choices\":[\"r\",\"s\"]}");

        Choices choices = new Chooser(model, manager).choose(questions);

        assertThat(choices.chosen().get(0)).isEqualTo(likeliest(questions.get(0), List.of("p", "q")));
        assertThat(choices.chosen().get(1)).isEqualTo(likeliest(questions.get(1), List.of("r", "s")));
    }

    @Test
    void choosesTheSameHoweverManyQuestionsAreAskedTogether() throws IOException {
        List<Question> many = questions(IntStream.range(0, 3000)
                .mapToObj(number -> "{\"text\":\"" + number + "\",\"label\":" + number % 2 + "}")
                .toArray(String[]::new));
        Chooser chooser = new Chooser(model, manager);

        List<String> together = chooser.choose(many).chosen();

        List<Question> tail = many.subList(2900, 3000);
        assertThat(together.subList(2900, 3000)).isEqualTo(chooser.choose(tail).chosen());
    }

    @Test
    void measuresTheLossAsTheMeanSurpriseOfAnswersAndTexts() throws IOException {
        List<Question> questions = questions("{\"text\":\"1\",\"label\":\"a\"}", "{\"text\":\"plain\"}");
        double surprise = 0;
        long learnt = 0;
        for (Question question : questions) {
            surprise += surprise(question.row());
            learnt += question.row().learntTokens();
        }

        Measured measured =
                new Validation(model, questions, manager).measure(EnumSet.of(Metric.LOSS, Metric.PERPLEXITY));

        assertThat(measured.values().get(Metric.LOSS)).isCloseTo(surprise / learnt, within(1e-5));
        assertThat(measured.values().get(Metric.PERPLEXITY))
                .isEqualTo(
                        Math.exp(measured.toJson().path("metrics").path("loss").asDouble()));
        assertThat(measured.leftOut()).isEmpty();
    }

    @Test
    void measuresOnlyWhatIsAskedForAndEachAsIfAskedForAlone() throws IOException {
        List<Question> questions = questions(
                "{\"text\":\"1\",\"label\":\"a\"}", "{\"text\":\"2\",\"label\":\"b\"}", "{\"text\":\"3\",\"label\":1}");

        Measured all = new Validation(model, questions, manager).measure(ALL);

        assertThat(all.values().keySet()).isEqualTo(ALL);
        for (Metric metric : Metric.values()) {
            Measured alone = new Validation(model, questions, manager).measure(EnumSet.of(metric));
            assertThat(alone.values()).isEqualTo(Map.of(metric, all.values().get(metric)));
        }
    }

    @Test
    void measuresTheOthersWhereTheDataIsUnfitForSome() throws IOException {
        Measured measured = new Validation(model, questions("{\"text\":\"plain\"}"), manager)
                .measure(EnumSet.of(Metric.LOSS, Metric.F1, Metric.EXACT_MATCH));

        assertThat(measured.values()).containsOnlyKeys(Metric.LOSS);
        assertThat(measured.leftOut())
                .containsOnlyKeys(Metric.F1, Metric.EXACT_MATCH)
                .allSatisfy((metric, reason) ->
                        assertThat(reason).startsWith("example 1 has no answer to compare with: neither a label,"));
        assertThat(measured.toJson().toString())
                .startsWith("{\"metrics\":{\"loss\":")
                .contains("\"left_out\":{\"f1\":\"example 1 has no");
    }

    @Test
    void failsWhereTheDataIsUnfitForEverythingAskedFor() throws IOException {
        Set<Metric> f1 = EnumSet.of(Metric.F1, Metric.RECALL);

        assertThatThrownBy(() -> measure(f1, "{\"text\":\"1\",\"label\":\"a\"}"))
                .isInstanceOf(UnusableDataset.class)
                .hasMessage("there is nothing to choose between: every answer is \"a\"; choices can be named in the"
                        + " data set");
        String[] free = IntStream.range(0, 257)
                .mapToObj(number -> "{\"prompt\":\"?\",\"response\":\"" + number + "\"}")
                .toArray(String[]::new);
        assertThatThrownBy(() -> measure(f1, free))
                .isInstanceOf(UnusableDataset.class)
                .hasMessageStartingWith("the answers are no fixed set of labels: there are 257 different ones, and at"
                        + " most 256 can be compared");
        String text = "x".repeat(70);
        assertThatThrownBy(() -> measure(
                        EnumSet.of(Metric.F1, Metric.EXACT_MATCH),
                        "{\"text\":\"" + text + "\",\"label\":1}",
                        "{\"text\":\"" + text + "\",\"label\":2}"))
                .isInstanceOf(UnusableDataset.class)
                .hasMessage("example 1 with its answer is 73 tokens long, more than the 64 that the model reads");
    }

    @Test
    void findsNothingToMeasureInAnEmptyDataSet() {
        assertThat(new Validation(model, List.of(), manager).measure(ALL).toJson())
                .hasToString("{\"metrics\":{\"accuracy\":0.0,\"precision\":0.0,\"recall\":0.0,\"f1\":0.0,\"loss\":null,"
                        + "\"perplexity\":null,\"exact_match\":0.0,\"char_error_rate\":null},\"left_out\":{}}");
    }

    private Measured measure(Set<Metric> wanted, String... lines) throws IOException {
        return new Validation(model, questions(lines), manager).measure(wanted);
    }

    private List<Question> questions(String... lines) throws IOException {
        Path file = directory.resolve("data.jsonl");
        Files.write(file, List.of(lines));
        return DatasetReader.readQuestions(file);
    }

    private String likeliest(Question question, List<String> choices) {
        String likeliest = choices.get(0);
        for (String choice : choices) {
            if (surprise(question.row().withAnswer(choice))
                    < surprise(question.row().withAnswer(likeliest))) likeliest = choice;
        }
        return likeliest;
    }

    /** Computes from the scores alone, one row at a time and in double precision, what the learnt tokens surprise by. */
    private double surprise(Example row) {
        long[] ids = IntStream.of(row.tokens(0, row.length())).asLongStream().toArray();
        int vocabulary = model.shape().vocabulary();
        try (NDManager step = manager.newSubManager()) {
            NDArray scores = model.scores(step.create(ids, new Shape(1, ids.length)));
            float[] all = scores.toFloatArray();
            return IntStream.range(1, ids.length)
                    .filter(row::isLearnt)
                    .mapToDouble(place -> surprise(all, (place - 1) * vocabulary, vocabulary, (int) ids[place]))
                    .sum();
        }
    }

    private static double surprise(float[] scores, int from, int vocabulary, int token) {
        double sum = IntStream.range(from, from + vocabulary)
                .mapToDouble(at -> Math.exp(scores[at]))
                .sum();
        return Math.log(sum) - scores[from + token];
    }

    private LlamaModel model() {
        ModelShape shape = new ModelShape(264, 8, 12, 1, 4, 2, 4, 64, 1e-5, 100, true);
        LlamaModel made = new LlamaModel(shape, manager);
        RandomStart.fill(made.weights(), shape, 3);
        made.weights().all().values().forEach(weight -> weight.muli(5));
        return made;
    }
}
