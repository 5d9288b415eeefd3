package dev.headway.trainer.checkpoint;

import dev.headway.trainer.failure.UnusableCheckpoint;
import dev.headway.trainer.files.Safetensors;
import dev.headway.trainer.files.Tensor;
import dev.headway.trainer.model.ModelShape;
import dev.headway.trainer.model.WeightLayout;
import dev.headway.trainer.optimizer.AdamW;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The optimizer's moments in a checkpoint: {@code optimizer.safetensors}, shaped and named like the weights, with
 * {@code exp_avg.} or {@code exp_avg_sq.} in front.
 *
 * <p>Stateless; threads may share it.
 */
public final class OptimizerFile {
    private static final String NAME = "optimizer.safetensors";

    private OptimizerFile() {}

    /** Writes the moments and waits for the disk. */
    public static void write(Path directory, ModelShape shape, AdamW optimizer) {
        Safetensors.write(directory.resolve(NAME), Map.of("format", "pt"), tensors(shape, optimizer));
    }

    /** Reads the moments into an optimizer for a model of the same shape. */
    public static void read(Path directory, ModelShape shape, AdamW optimizer) {
        if (!Files.exists(directory.resolve(NAME)))
            throw new UnusableCheckpoint("the checkpoint " + directory + " has no " + NAME);
        try (Safetensors file = Safetensors.open(directory.resolve(NAME))) {
            tensors(shape, optimizer).forEach(file::readInto);
        }
    }

    private static List<Tensor> tensors(ModelShape shape, AdamW optimizer) {
        return Stream.concat(
                        WeightLayout.tensors(shape, optimizer.means(), "exp_avg.").stream(),
                        WeightLayout.tensors(shape, optimizer.squares(), "exp_avg_sq.").stream())
                .toList();
    }
}
