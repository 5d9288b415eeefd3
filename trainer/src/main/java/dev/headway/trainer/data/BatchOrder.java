package dev.headway.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Which rows make which step: a function of the seed and the step number, and of nothing that happened before.
 *
 * <p>Every epoch has an order of its own, drawn from (seed, epoch). A run that is resumed at step 500 therefore meets
 * in step 501 the very rows it would have met without the pause, and a checkpoint need not carry the state of a
 * generator. The last step of an epoch is shorter when the rows do not divide.
 *
 * <p>Keeps the order of the epoch it was last asked for; not for more than one thread.
 */
public final class BatchOrder {
    /** The golden ratio as a fraction of 2^64: spreads consecutive epochs over the seeds of the generator. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final List<Example> rows;
    private final int batchSize;
    private final int rowsPerStep;
    private final long seed;
    private long epochOfOrder = -1;
    private int[] order = {};

    /** Makes the order for rows dealt out in {@code accumulation} batches per step. */
    public BatchOrder(List<Example> rows, int batchSize, int accumulation, long seed) {
        this.rows = rows;
        this.batchSize = Math.min(batchSize, rows.size());
        this.rowsPerStep = (int) Math.min((long) batchSize * accumulation, rows.size());
        this.seed = seed;
    }

    /** Returns how many steps a pass over all rows takes, at least 1. */
    public long stepsPerEpoch() {
        return ((long) rows.size() + rowsPerStep - 1) / rowsPerStep;
    }

    /** Returns the batches of a step, counted from 0 over the whole run. */
    public List<List<Example>> batches(long step) {
        prepare(step / stepsPerEpoch());
        int start = (int) (step % stepsPerEpoch()) * rowsPerStep;
        int end = Math.min(start + rowsPerStep, rows.size());
        List<List<Example>> batches = new ArrayList<>();
        for (int from = start; from < end; from += batchSize) batches.add(rows(from, Math.min(from + batchSize, end)));
        return batches;
    }

    private void prepare(long epoch) {
        if (epoch == epochOfOrder) return;
        order = Shuffle.order(rows.size(), new Random(seed ^ (epoch + 1) * SPREAD));
        epochOfOrder = epoch;
    }

    private List<Example> rows(int from, int to) {
        List<Example> batch = new ArrayList<>(to - from);
        for (int index = from; index < to; index++) batch.add(rows.get(order[index]));
        return batch;
    }
}
