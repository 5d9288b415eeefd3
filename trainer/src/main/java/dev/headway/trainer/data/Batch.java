package dev.headway.trainer.data;

import dev.headway.trainer.text.SpecialToken;
import java.util.List;

/**
 * Rows side by side in the form the network takes: what is read, what is to be said next, and how much that counts.
 *
 * <p>At place t of a row the network reads token t and is to name token t+1. Rows are as long as the longest of them;
 * places after a row's end are padding and count nothing. They need no mask either: nothing before them can see them.
 *
 * <p>The arrays are flat, row after row. Weights are -1/{@code targets} where a token is learnt and 0 elsewhere, so that
 * the sum of weight times log-probability over all batches of a step is the step's mean loss.
 *
 * <p>Not changed after it is made, though the arrays could be; for one thread.
 */
public final class Batch {
    private final int rows;
    private final int width;
    private final long[] inputs;
    private final long[] targets;
    private final float[] weights;
    private int tokens;

    private Batch(int rows, int width) {
        this.rows = rows;
        this.width = width;
        this.inputs = new long[rows * width];
        this.targets = new long[rows * width];
        this.weights = new float[rows * width];
    }

    /** Makes a batch of rows from a step in which {@code targets} tokens are learnt in all. */
    public static Batch of(List<Example> rows, long targets) {
        int width = rows.stream().mapToInt(Example::length).max().orElseThrow() - 1;
        Batch batch = new Batch(rows.size(), Math.max(1, width));
        float weight = (float) (-1.0 / targets);
        for (int row = 0; row < rows.size(); row++) batch.fill(row, rows.get(row), weight);
        return batch;
    }

    /** Returns how many tokens are learnt in these rows. */
    public static long targets(List<Example> rows) {
        return rows.stream().mapToLong(Example::learntTokens).sum();
    }

    private void fill(int row, Example example, float weight) {
        for (int place = 0; place < width; place++) {
            int at = row * width + place;
            boolean inside = place + 1 < example.length();
            inputs[at] = place < example.length() ? example.token(place) : SpecialToken.PADDING.id();
            targets[at] = inside ? example.token(place + 1) : SpecialToken.PADDING.id();
            weights[at] = inside && example.isLearnt(place + 1) ? weight : 0;
        }
        tokens += example.length();
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the number of places in a row. */
    public int width() {
        return width;
    }

    /** Returns the number of real tokens in the rows, without padding. */
    public int tokens() {
        return tokens;
    }

    /** Returns the ids read. */
    public long[] inputs() {
        return inputs;
    }

    /** Returns the ids to be named. */
    public long[] targets() {
        return targets;
    }

    /** Returns how much each place counts. */
    public float[] weights() {
        return weights;
    }
}
