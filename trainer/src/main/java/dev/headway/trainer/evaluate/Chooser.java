package dev.headway.trainer.evaluate;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.data.Batch;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.data.Question;
import dev.headway.trainer.failure.UnusableDataset;
import dev.headway.trainer.failure.UnusableModel;
import dev.headway.trainer.model.LlamaModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Lets a model choose among given answers: the one that is likeliest after the question, with the end behind it.
 *
 * <p>The end counts, so that the likelihoods of all texts add up to 1 and "no" is not likelier than "not sure" only for
 * being shorter. Where a question names no choices, the answers of all questions are the choices. Of equally likely ones
 * the first in the order of their letters is chosen. For one thread.
 */
final class Chooser {
    /** More answers than these are no fixed set; comparing them all would take for ever. */
    static final int MOST_CHOICES = 256;

    private static final int ROWS_AT_ONCE = 4096;

    private final LlamaModel model;
    private final NDManager manager;

    Chooser(LlamaModel model, NDManager manager) {
        this.model = model;
        this.manager = manager;
    }

    /** Returns what is right and what the model chooses; throws {@link UnusableDataset} where there is no choice. */
    Choices choose(List<Question> questions) {
        List<String> right = Questions.answers(questions);
        List<String> common = List.copyOf(new TreeSet<>(right));
        List<String> chosen = new ArrayList<>();
        int number = 0;
        List<Example> rows = new ArrayList<>();
        List<List<String>> pending = new ArrayList<>();
        for (Question question : questions) {
            List<String> choices = choices(question, common);
            number++;
            for (String choice : choices) rows.add(row(question, choice, number));
            pending.add(choices);
            if (rows.size() >= ROWS_AT_ONCE) settle(rows, pending, chosen);
        }
        settle(rows, pending, chosen);
        return new Choices(right, chosen);
    }

    private static List<String> choices(Question question, List<String> common) {
        List<String> choices = question.choices().isEmpty() ? common : List.copyOf(new TreeSet<>(question.choices()));
        if (choices.size() == 1)
            throw new UnusableDataset("there is nothing to choose between: every answer is \"" + choices.get(0)
                    + "\"; choices can be named in the data set");
        if (choices.size() > MOST_CHOICES)
            throw new UnusableDataset("the answers are no fixed set of labels: there are " + choices.size()
                    + " different ones, and at most " + MOST_CHOICES + " can be compared; exact_match,"
                    + " char_error_rate, loss and perplexity measure free text");
        return choices;
    }

    private Example row(Question question, String choice, int number) {
        Example row = question.row().withAnswer(choice);
        Questions.requireFits(row, number, model.shape().maxLength());
        return row;
    }

    /** Chooses for the questions whose rows are complete, and clears them away. */
    private void settle(List<Example> rows, List<List<String>> pending, List<String> chosen) {
        double[] losses = losses(rows);
        int from = 0;
        for (List<String> choices : pending) {
            chosen.add(choices.get(least(losses, from, from + choices.size())));
            from += choices.size();
        }
        rows.clear();
        pending.clear();
    }

    private static int least(double[] losses, int from, int to) {
        int least = from;
        for (int at = from; at < to; at++) {
            if (Double.isNaN(losses[at])) throw new UnusableModel("the scores that the model gives are not finite");
            if (losses[at] < losses[least]) least = at;
        }
        return least - from;
    }

    /** Rows of like length are measured together, which wastes the least on padding. */
    private double[] losses(List<Example> rows) {
        List<Integer> order = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingInt(index -> rows.get(index).length()))
                .toList();
        List<Example> sorted = order.stream().map(rows::get).toList();
        double[] losses = new double[rows.size()];
        int at = 0;
        for (List<Example> batch : RowBatches.within(model.shape(), sorted)) {
            for (float loss : losses(Batch.of(batch, 1))) losses[order.get(at++)] = loss;
        }
        return losses;
    }

    private float[] losses(Batch batch) {
        try (NDManager scratch = manager.newSubManager()) {
            return model.rowLosses(batch, scratch).toFloatArray();
        }
    }
}
