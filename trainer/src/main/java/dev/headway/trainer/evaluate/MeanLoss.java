package dev.headway.trainer.loop;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.data.Batch;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.model.LlamaModel;
import java.util.List;
import java.util.OptionalDouble;

/** Measures the mean loss over the learnt tokens of the held-out rows; weights do not move. For one thread. */
final class Evaluator {
    private final LlamaModel model;
    private final List<Example> rows;
    private final int batchSize;
    private final NDManager manager;

    Evaluator(LlamaModel model, List<Example> rows, int batchSize, NDManager manager) {
        this.model = model;
        this.rows = rows;
        this.batchSize = batchSize;
        this.manager = manager;
    }

    /** Returns the loss, or nothing when it was asked to stop on the way. */
    OptionalDouble evaluate(StopSignal stop) {
        long targets = Batch.targets(rows);
        double loss = 0;
        for (int from = 0; from < rows.size(); from += batchSize) {
            if (stop.isRequested()) return OptionalDouble.empty();
            loss += loss(Batch.of(rows.subList(from, Math.min(from + batchSize, rows.size())), targets));
        }
        return OptionalDouble.of(loss);
    }

    private double loss(Batch batch) {
        try (NDManager scratch = manager.newSubManager()) {
            return model.loss(batch, scratch).getFloat();
        }
    }
}
