package dev.headway.trainer.evaluate;

import dev.headway.trainer.data.Example;
import dev.headway.trainer.model.ModelShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts rows into batches, in their order: so many rows each, or so many that what is computed of them fits into memory.
 *
 * <p>What a forward pass needs at its widest grows with the square of the length (every place looks at every other, once
 * per head) and with the vocabulary. Rows of one batch are padded to the longest of them. Stateless; threads may share it.
 */
final class RowBatches {
    /** About 64 MiB of numbers for the widest arrays of a batch; some arrays of that size live at once. */
    private static final long MOST_NUMBERS = 16L << 20;

    private static final int MOST_ROWS = 256;

    private RowBatches() {}

    /** Returns batches of so many rows. */
    static List<List<Example>> of(List<Example> rows, int batchSize) {
        List<List<Example>> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += batchSize)
            batches.add(rows.subList(from, Math.min(from + batchSize, rows.size())));
        return batches;
    }

    /** Returns batches that fit; a single row that does not is a batch all the same. */
    static List<List<Example>> within(ModelShape shape, List<Example> rows) {
        List<List<Example>> batches = new ArrayList<>();
        int from = 0;
        int longest = 0;
        for (int at = 0; at < rows.size(); at++) {
            longest = Math.max(longest, rows.get(at).length());
            if (at > from && at - from + 1 > most(shape, longest)) {
                batches.add(rows.subList(from, at));
                from = at;
                longest = rows.get(at).length();
            }
        }
        if (from < rows.size()) batches.add(rows.subList(from, rows.size()));
        return batches;
    }

    /** Returns how many rows of a length fit into a batch, at least 1. */
    static int most(ModelShape shape, int length) {
        long perPlace =
                2L * shape.heads() * length + 3L * shape.vocabulary() + 2L * shape.innerWidth() + 8L * shape.width();
        return (int) Math.max(1, Math.min(MOST_ROWS, MOST_NUMBERS / (perPlace * Math.max(1, length))));
    }
}
