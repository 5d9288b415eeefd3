package dev.headway.trainer.evaluate;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.failure.UnusableDataset;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.text.ByteTokenizer;
import dev.headway.trainer.text.SpecialToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks a model the prompts of examples it should not have seen, and counts the answers that are exactly right.
 *
 * <p>An answer is right when the model, writing by itself, gives the expected tokens and then ends: a right beginning
 * with more after it is wrong. The expected answer is never shown to the model; all it decides is when to stop asking,
 * because an answer that is already longer can no longer be right. Where it matters how wrong an answer is, the model may
 * go on for some times that length. For one thread.
 */
public final class ExactMatch {
    private final GreedyWriter writer;
    private final int batchSize;
    private final int lengths;
    private final int maxLength;

    /**
     * Makes an examination that asks {@code batchSize} prompts at a time, and lets an answer become {@code lengths} times
     * as long as the expected one.
     */
    public ExactMatch(LlamaModel model, int batchSize, int lengths, NDManager manager) {
        this.writer = new GreedyWriter(model, manager);
        this.batchSize = batchSize;
        this.lengths = lengths;
        this.maxLength = model.shape().maxLength();
    }

    /** Returns the answers in the order of the examples; throws {@link UnusableDataset} where one has two answers. */
    public List<Answer> ask(List<Example> examples) {
        for (int index = 0; index < examples.size(); index++) requireOneAnswer(examples.get(index), index + 1);
        Answer[] answers = new Answer[examples.size()];
        for (List<Integer> group : groups(examples)) {
            for (int from = 0; from < group.size(); from += batchSize)
                ask(examples, group.subList(from, Math.min(from + batchSize, group.size())), answers);
        }
        return List.of(answers);
    }

    private static void requireOneAnswer(Example example, int number) {
        if (example.learntTokens() != answerLength(example))
            throw new UnusableDataset(
                    "example " + number + " has more than one answer; evaluate needs a prompt with one"
                            + " response, or a conversation in which the assistant speaks once, at the end");
    }

    private static List<List<Integer>> groups(List<Example> examples) {
        TreeMap<Integer, List<Integer>> groups = new TreeMap<>(Comparator.naturalOrder());
        for (int index = 0; index < examples.size(); index++)
            groups.computeIfAbsent(examples.get(index).answerStart(), length -> new ArrayList<>())
                    .add(index);
        return List.copyOf(groups.values());
    }

    private void ask(List<Example> examples, List<Integer> indexes, Answer[] answers) {
        List<Example> asked = indexes.stream().map(examples::get).collect(Collectors.toList());
        int longest = asked.stream().mapToInt(this::mostTokens).max().orElseThrow();
        List<int[]> written =
                writer.write(asked.stream().map(ExactMatch::prompt).toList(), longest);
        for (int at = 0; at < indexes.size(); at++) answers[indexes.get(at)] = answer(asked.get(at), written.get(at));
    }

    private int mostTokens(Example example) {
        return Math.min(lengths * answerLength(example), Math.max(1, maxLength - example.answerStart()));
    }

    /** What was written is cut to the example's own bound: it must not depend on what was asked beside it. */
    private Answer answer(Example example, int[] written) {
        int[] given = Arrays.copyOf(written, Math.min(written.length, mostTokens(example)));
        int[] expected = example.tokens(example.answerStart(), example.length());
        return new Answer(
                ByteTokenizer.decode(prompt(example)),
                ByteTokenizer.decode(expected),
                ByteTokenizer.decode(given),
                hasEnded(given),
                Arrays.equals(expected, given));
    }

    private static boolean hasEnded(int[] given) {
        return given.length > 0 && given[given.length - 1] == SpecialToken.END.id();
    }

    private static int[] prompt(Example example) {
        return example.tokens(0, example.answerStart());
    }

    private static int answerLength(Example example) {
        return example.length() - example.answerStart();
    }
}
