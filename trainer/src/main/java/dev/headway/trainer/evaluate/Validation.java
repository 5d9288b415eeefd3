package dev.headway.trainer.evaluate;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.data.Question;
import dev.headway.trainer.failure.UnusableDataset;
import dev.headway.trainer.failure.UnusableModel;
import dev.headway.trainer.model.LlamaModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Measures a model on a data set: the metrics that are asked for, and nothing else. For one thread.
 *
 * <p>Every metric stands on its own: it is the same number whatever else is asked for, and when the data set is unfit for
 * one (free text has no labels), the others are measured all the same.
 */
public final class Validation {
    /** How many times as long as the expected answer a written one may become. */
    private static final int LONGEST_ANSWER = 2;

    private final LlamaModel model;
    private final List<Question> questions;
    private final NDManager manager;

    /** Makes the validation of a model on the questions of a data set. */
    public Validation(LlamaModel model, List<Question> questions, NDManager manager) {
        this.model = model;
        this.questions = questions;
        this.manager = manager;
    }

    /** Measures; throws {@link UnusableDataset} when the data set is unfit for every metric that was asked for. */
    public Measured measure(Set<Metric> wanted) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        Map<Metric, String> leftOut = new EnumMap<>(Metric.class);
        for (Metric.Kind kind : Metric.Kind.values()) {
            List<Metric> metrics =
                    wanted.stream().filter(metric -> metric.kind() == kind).toList();
            if (!metrics.isEmpty()) measure(kind, metrics, values, leftOut);
        }
        if (values.isEmpty() && !leftOut.isEmpty()) throw new UnusableDataset(reasons(leftOut));
        return new Measured(values, leftOut);
    }

    private void measure(
            Metric.Kind kind, List<Metric> metrics, Map<Metric, Double> values, Map<Metric, String> leftOut) {
        try {
            ToDoubleFunction<Metric> measured = measured(kind);
            metrics.forEach(metric -> values.put(metric, measured.applyAsDouble(metric)));
        } catch (UnusableDataset unfit) {
            metrics.forEach(metric -> leftOut.put(metric, String.valueOf(unfit.getMessage())));
        }
    }

    private static String reasons(Map<Metric, String> leftOut) {
        return leftOut.values().stream().distinct().collect(Collectors.joining("; "));
    }

    private ToDoubleFunction<Metric> measured(Metric.Kind kind) {
        return switch (kind) {
            case CHOICE -> choice(new Chooser(model, manager).choose(questions));
            case LIKELIHOOD -> likelihood(loss());
            case WRITING -> writing(Writings.of(answers()));
        };
    }

    private static ToDoubleFunction<Metric> choice(Choices choices) {
        return metric -> switch (metric) {
            case ACCURACY -> choices.accuracy();
            case PRECISION -> choices.precision();
            case RECALL -> choices.recall();
            case F1 -> choices.f1();
            default -> throw new IllegalArgumentException(metric + " is nothing to choose");
        };
    }

    private static ToDoubleFunction<Metric> likelihood(double loss) {
        return metric -> metric == Metric.LOSS ? loss : Math.exp(loss);
    }

    private static ToDoubleFunction<Metric> writing(Writings writings) {
        return metric -> metric == Metric.EXACT_MATCH ? writings.exactMatch() : writings.charErrorRate();
    }

    /** As the training does, rows are cut to what the model reads, and those without anything learnt are left out. */
    private double loss() {
        List<Example> rows = questions.stream()
                .map(question -> question.row().cut(model.shape().maxLength()))
                .filter(row -> row.learntTokens() > 0)
                .toList();
        double loss = MeanLoss.of(model, rows, manager).measure(() -> false).orElseThrow();
        if (Double.isNaN(loss) && !rows.isEmpty()) throw new UnusableModel("the loss of the model is not finite");
        return loss;
    }

    private List<Answer> answers() {
        List<String> expected = Questions.answers(questions);
        List<Example> rows = questions.stream().map(Question::row).toList();
        int longest = 0;
        for (int index = 0; index < expected.size(); index++) {
            Questions.requireFits(rows.get(index), index + 1, model.shape().maxLength());
            longest = Math.max(longest, rows.get(index).length());
        }
        int batchSize = RowBatches.most(model.shape(), LONGEST_ANSWER * longest);
        return new ExactMatch(model, batchSize, LONGEST_ANSWER, manager).ask(rows);
    }
}
