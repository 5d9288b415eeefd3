package dev.headway.trainer.evaluate;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.data.Batch;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.model.LlamaModel;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** Measures the mean loss over the learnt tokens of rows; weights do not move. For one thread. */
public final class MeanLoss {
    private final LlamaModel model;
    private final List<List<Example>> batches;
    private final long targets;
    private final NDManager manager;

    private MeanLoss(LlamaModel model, List<List<Example>> batches, NDManager manager) {
        this.model = model;
        this.batches = batches;
        this.targets = batches.stream().mapToLong(Batch::targets).sum();
        this.manager = manager;
    }

    /** Makes a measurement of so many rows at a time. */
    public static MeanLoss of(LlamaModel model, List<Example> rows, int batchSize, NDManager manager) {
        return new MeanLoss(model, RowBatches.of(rows, batchSize), manager);
    }

    /** Makes a measurement of as many rows at a time as fit into a bounded amount of memory. */
    static MeanLoss of(LlamaModel model, List<Example> rows, NDManager manager) {
        return new MeanLoss(model, RowBatches.within(model.shape(), rows), manager);
    }

    /** Returns the loss, NaN for no rows, or nothing when it was stopped on the way. */
    public OptionalDouble measure(BooleanSupplier isStopped) {
        double loss = targets == 0 ? Double.NaN : 0;
        for (List<Example> batch : batches) {
            if (isStopped.getAsBoolean()) return OptionalDouble.empty();
            loss += loss(Batch.of(batch, targets));
        }
        return OptionalDouble.of(loss);
    }

    private double loss(Batch batch) {
        try (NDManager scratch = manager.newSubManager()) {
            return model.loss(batch, scratch).getFloat();
        }
    }
}
