package dev.headway.trainer.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.headway.trainer.data.Batch;
import dev.headway.trainer.data.BatchOrder;
import dev.headway.trainer.data.Example;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.optimizer.AdamW;
import dev.headway.trainer.optimizer.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * Does one optimizer step: the step's batches forward and backward, then the weights.
 *
 * <p>Gradients add up over the batches, each weighted by its share of the step's learnt tokens, so that a step over four
 * batches of eight is a step over one of thirty-two. For the thread that loaded the engine, and no other: there,
 * gradients are off unless asked for.
 */
final class Stepper {
    private final LlamaModel model;
    private final AdamW optimizer;
    private final Schedule schedule;
    private final double highestRate;
    private final BatchOrder order;
    private final NDManager manager;

    Stepper(
            LlamaModel model,
            AdamW optimizer,
            Schedule schedule,
            double highestRate,
            BatchOrder order,
            NDManager manager) {
        this.model = model;
        this.optimizer = optimizer;
        this.schedule = schedule;
        this.highestRate = highestRate;
        this.order = order;
        this.manager = manager;
    }

    /**
     * Does the step after {@code done} steps. Asked to stop, it gives up between two batches and returns nothing: the
     * weights have not moved, but hold gradients that only the end of the process gets rid of.
     */
    Optional<StepResult> step(long done, StopSignal stop) {
        List<List<Example>> batches = order.batches(done);
        long targets = batches.stream().mapToLong(Batch::targets).sum();
        double loss = 0;
        long tokens = 0;
        for (List<Example> rows : batches) {
            if (stop.isRequested()) return Optional.empty();
            Batch batch = Batch.of(rows, targets);
            loss += backward(batch);
            tokens += batch.tokens();
        }
        long samples = batches.stream().mapToLong(List::size).sum();
        return Optional.of(move(done, loss, samples, tokens));
    }

    private double backward(Batch batch) {
        try (NDManager step = manager.newSubManager();
                GradientCollector tape = manager.getEngine().newGradientCollector()) {
            NDArray loss = model.loss(batch, step);
            double value = loss.getFloat();
            tape.backward(loss);
            return value;
        }
    }

    private StepResult move(long done, double loss, long samples, long tokens) {
        double share = schedule.share(done);
        double norm = Double.isFinite(loss) ? optimizer.step(done + 1, share) : Double.NaN;
        return new StepResult(loss, norm, highestRate * share, samples, tokens);
    }
}
