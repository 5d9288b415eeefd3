package dev.headway.trainer.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.text.SpecialToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lets a model write: token by token, each time the one with the highest score, until it ends or has written enough.
 *
 * <p>Prompts of equal length are written on side by side. All that was written so far is read anew for every token;
 * that is wasteful for long answers and plainly right for all. For one thread.
 */
final class GreedyWriter {
    private final LlamaModel model;
    private final NDManager manager;

    GreedyWriter(LlamaModel model, NDManager manager) {
        this.model = model;
        this.manager = manager;
    }

    /**
     * Returns what the model writes after each of the prompts, which are equally long: at most {@code most} tokens, the
     * end token included when it was written.
     */
    List<int[]> write(List<int[]> prompts, int most) {
        int start = prompts.get(0).length;
        int[][] rows = prompts.stream().map(int[]::clone).toArray(int[][]::new);
        boolean[] hasEnded = new boolean[rows.length];
        for (int written = 0; written < most && !all(hasEnded); written++) {
            long[] next = next(rows);
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Arrays.copyOf(rows[row], start + written + 1);
                rows[row][start + written] = (int) next[row];
                hasEnded[row] |= next[row] == SpecialToken.END.id();
            }
        }
        List<int[]> answers = new ArrayList<>();
        for (int[] row : rows) answers.add(upToEnd(row, start));
        return answers;
    }

    private long[] next(int[][] rows) {
        int places = rows[0].length;
        long[] ids =
                Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
        try (NDManager scratch = manager.newSubManager()) {
            NDArray scores = model.lastScores(scratch.create(ids, new Shape(rows.length, places)));
            return scores.argMax(-1).toLongArray();
        }
    }

    private static boolean all(boolean[] flags) {
        for (boolean flag : flags) {
            if (!flag) return false;
        }
        return true;
    }

    private static int[] upToEnd(int[] row, int start) {
        for (int place = start; place < row.length; place++) {
            if (row[place] == SpecialToken.END.id()) return Arrays.copyOfRange(row, start, place + 1);
        }
        return Arrays.copyOfRange(row, start, row.length);
    }
}
