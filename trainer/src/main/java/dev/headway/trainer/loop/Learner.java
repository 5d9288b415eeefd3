package dev.headway.trainer.loop;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.checkpoint.ModelDirectory;
import dev.headway.trainer.checkpoint.OptimizerFile;
import dev.headway.trainer.config.JobConfig;
import dev.headway.trainer.data.BatchOrder;
import dev.headway.trainer.data.Dataset;
import dev.headway.trainer.evaluate.MeanLoss;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.optimizer.AdamW;
import dev.headway.trainer.optimizer.Schedule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What learns: a model with its optimizer, able to do a step, to be evaluated, saved and restored.
 *
 * <p>Owns the optimizer, borrows the model. For the thread that loaded the engine, and no other.
 */
final class Learner implements AutoCloseable {
    private final LlamaModel model;
    private final AdamW optimizer;
    private final Stepper stepper;
    private final MeanLoss evaluation;

    Learner(JobConfig config, Dataset dataset, BatchOrder order, long totalSteps, LlamaModel model, NDManager manager) {
        this.model = model;
        this.optimizer = new AdamW(config.optimizer(), model.weights().all(), manager);
        Schedule schedule = new Schedule(config.schedule(), totalSteps);
        this.stepper =
                new Stepper(model, optimizer, schedule, config.optimizer().learningRate(), order, manager);
        this.evaluation =
                MeanLoss.of(model, dataset.evaluation(), config.batches().evaluationBatchSize(), manager);
    }

    /** Does the step after {@code done} steps, or nothing when asked to stop. */
    Optional<StepResult> step(long done, StopSignal stop) {
        return stepper.step(done, stop);
    }

    /** Returns the loss over the held-out part, or nothing when asked to stop. */
    OptionalDouble evaluate(StopSignal stop) {
        return evaluation.measure(stop::isRequested);
    }

    /** Writes weights and moments into a checkpoint. */
    void save(Path checkpoint) {
        ModelDirectory.write(checkpoint, model);
        OptimizerFile.write(checkpoint, model.shape(), optimizer);
    }

    /** Reads the moments of a checkpoint; the model was loaded from it. */
    void restoreOptimizer(Path checkpoint) {
        OptimizerFile.read(checkpoint, model.shape(), optimizer);
    }

    /** Takes the weights of another checkpoint. */
    void takeWeights(Path checkpoint) {
        ModelDirectory.readWeights(checkpoint, model);
    }

    /** Writes the finished model into a directory. */
    void publish(Path directory) {
        ModelDirectory.publish(directory, model);
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
