package dev.headway.trainer.checkpoint;

import dev.headway.trainer.failure.FileTrouble;
import dev.headway.trainer.failure.UnusableModel;
import dev.headway.trainer.files.Tensor;
import dev.headway.trainer.model.ModelShape;
import dev.headway.trainer.text.ByteTokenizer;
import dev.headway.trainer.text.TokenizerFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What must hold of a directory before its model can be computed, each with the sentence for whom it does not hold.
 * Stateless; threads may share it.
 */
final class ModelFiles {
    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";

    /** The smallest form in which weights are read, bfloat16. */
    private static final int LEAST_BYTES = 2;

    private ModelFiles() {}

    /** Throws {@link UnusableModel}, with what the directory is instead, when it is no model. */
    static void requireModel(Path directory) {
        if (isFile(directory, CONFIG) && isFile(directory, WEIGHTS)) return;
        throw new UnusableModel(directory + whatItIs(directory));
    }

    private static String whatItIs(Path directory) {
        if (!Files.exists(directory)) return " does not exist";
        if (!Files.isDirectory(directory)) return " is not a directory, which a model is";
        if (isFile(directory, WEIGHTS + ".index.json"))
            return " has its weights in several files; accepted is one, " + WEIGHTS;
        if (isFile(directory, "adapter_config.json"))
            return " is an adapter, which is nothing without its base model; merge it into that first";
        if (isFile(directory, "pytorch_model.bin"))
            return " has its weights in pytorch_model.bin; accepted is " + WEIGHTS;
        return " has no " + CONFIG + " with " + WEIGHTS;
    }

    static boolean isFile(Path directory, String name) {
        return Files.isRegularFile(directory.resolve(name));
    }

    /** Throws {@link UnusableModel} when the text would become other tokens than ours. */
    static void requireOurTokenizer(Path directory, ModelShape shape) {
        if (!TokenizerFiles.isThere(directory)) throw new UnusableModel(directory + " has no tokenizer.json");
        if (!TokenizerFiles.describeOurs(directory) || shape.vocabulary() < ByteTokenizer.size())
            throw new UnusableModel(
                    "the tokenizer of " + directory + " is not the byte tokenizer of the built-in models; programs that"
                            + " know it can be set with TRAINER_COMMAND and VALIDATION_COMMAND");
    }

    /** Throws {@link UnusableModel} before memory is taken for weights that cannot be there. */
    static void requireRoom(Path directory, ModelShape shape) {
        Path file = directory.resolve(WEIGHTS);
        long bytes = size(file);
        if (bytes < LEAST_BYTES * shape.weights())
            throw new UnusableModel(file + " has " + bytes + " bytes, too few for the "
                    + String.format(Locale.ROOT, "%.0f", shape.weights()) + " weights that " + CONFIG
                    + " speaks of; it is cut off, or of another model");
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException trouble) {
            throw new FileTrouble("read", file, trouble);
        }
    }

    /** Throws {@link UnusableModel} when a number is NaN or infinite: everything computed from it would be too. */
    static void requireFinite(Path directory, Tensor tensor) {
        FloatBuffer values = tensor.bytes().asFloatBuffer();
        while (values.hasRemaining()) {
            float value = values.get();
            if (!Float.isFinite(value))
                throw new UnusableModel(directory.resolve(WEIGHTS) + " has weights that are not finite: " + value
                        + " in " + tensor.name());
        }
    }
}
