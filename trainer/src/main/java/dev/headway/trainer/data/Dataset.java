package dev.headway.trainer.data;

import dev.headway.trainer.failure.UnusableDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The rows of a run: those to train on and those held out; a value, any thread may hold it.
 *
 * @param training the rows to learn from, never empty
 * @param evaluation the rows held out, possibly none
 * @param dropped how many examples had nothing left to learn once cut to the longest length
 * @param cut how many examples were longer than that length
 */
public record Dataset(List<Example> training, List<Example> evaluation, int dropped, int cut) {
    /** Copies the lists. */
    public Dataset {
        training = List.copyOf(training);
        evaluation = List.copyOf(evaluation);
    }

    /**
     * Cuts the examples to the longest length, holds out a share chosen by the seed, and packs where asked to.
     *
     * <p>A share above 0 holds out at least one example, and always leaves one to train on.
     */
    public static Dataset split(List<Example> examples, double share, long seed, int maxLength, boolean packing) {
        List<Example> usable = examples.stream()
                .map(example -> example.cut(maxLength))
                .filter(example -> example.learntTokens() > 0)
                .toList();
        if (usable.isEmpty())
            throw new UnusableDataset(
                    "no example of the data set has anything to learn within max_length " + maxLength);
        int[] order = Shuffle.order(usable.size(), new Random(seed));
        int heldOut = heldOut(usable.size(), share);
        List<Example> training = pick(usable, order, heldOut, usable.size());
        List<Example> evaluation = pick(usable, order, 0, heldOut);
        int cut = (int) examples.stream()
                .filter(example -> example.length() > maxLength)
                .count();
        return new Dataset(
                packing ? Packing.pack(training, maxLength) : training,
                evaluation,
                examples.size() - usable.size(),
                cut);
    }

    private static int heldOut(int examples, double share) {
        if (share == 0 || examples == 1) return 0;
        return (int) Math.max(1, Math.min(examples - 1, Math.round(examples * share)));
    }

    private static List<Example> pick(List<Example> examples, int[] order, int from, int to) {
        List<Example> picked = new ArrayList<>(to - from);
        for (int index = from; index < to; index++) picked.add(examples.get(order[index]));
        return picked;
    }

    /** Returns the number of rows, held out or not. */
    public int size() {
        return training.size() + evaluation.size();
    }
}
