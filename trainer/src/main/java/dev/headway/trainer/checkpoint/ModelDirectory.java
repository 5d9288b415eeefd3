package dev.headway.trainer.checkpoint;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.failure.FileTrouble;
import dev.headway.trainer.failure.UnusableModel;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.files.Safetensors;
import dev.headway.trainer.files.WholeFiles;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.model.ModelShape;
import dev.headway.trainer.model.WeightLayout;
import dev.headway.trainer.text.SpecialToken;
import dev.headway.trainer.text.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model on the disk in the layout of the Hugging Face libraries, so that they can load ours, and we theirs of the
 * same family.
 *
 * <pre>
 * config.json               sizes and constants
 * model.safetensors         the weights, queries, keys and values apart
 * tokenizer.json            tokenizer_config.json    generation_config.json
 * </pre>
 *
 * <p>Stateless; threads may share it, but two of them must not write the same directory.
 */
public final class ModelDirectory {
    private static final String CONFIG = ModelFiles.CONFIG;
    private static final String WEIGHTS = ModelFiles.WEIGHTS;

    /** The order in which a finished model's files appear: who sees the configuration sees a whole model. */
    private static final List<String> FILES =
            List.of(WEIGHTS, "tokenizer.json", "tokenizer_config.json", "generation_config.json", CONFIG);

    private ModelDirectory() {}

    /** Returns whether a directory looks like a model. */
    public static boolean isModel(Path directory) {
        return ModelFiles.isFile(directory, CONFIG) && ModelFiles.isFile(directory, WEIGHTS);
    }

    /** Writes the files of a model into an existing directory and waits for the disk. */
    public static void write(Path directory, LlamaModel model) {
        ModelShape shape = model.shape();
        WholeFiles.durably(directory.resolve(CONFIG), Json.pretty(shape.toJson()));
        WholeFiles.durably(directory.resolve("generation_config.json"), Json.pretty(generation()));
        TokenizerFiles.write(directory, shape.maxLength());
        Safetensors.write(
                directory.resolve(WEIGHTS),
                Map.of("format", "pt"),
                WeightLayout.tensors(shape, model.weights().all(), ""));
    }

    private static ObjectNode generation() {
        return Json.object()
                .put("bos_token_id", SpecialToken.BEGIN.id())
                .put("eos_token_id", SpecialToken.END.id())
                .put("pad_token_id", SpecialToken.PADDING.id())
                .put("do_sample", false);
    }

    /** Writes a finished model into a directory that holds other things too; every file appears whole. */
    public static void publish(Path directory, LlamaModel model) {
        Path aside = directory.resolve(".model.tmp");
        WholeFiles.delete(aside);
        WholeFiles.makeDirectory(aside);
        write(aside, model);
        for (String file : FILES) move(aside.resolve(file), directory.resolve(file));
        WholeFiles.delete(aside);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException trouble) {
            throw new FileTrouble("write", to, trouble);
        }
    }

    /** Loads the model of a directory; throws {@link UnusableModel} when we cannot compute it. */
    public static LlamaModel load(Path directory, NDManager manager) {
        ModelFiles.requireModel(directory);
        ModelShape shape = ModelShape.read(directory.resolve(CONFIG));
        ModelFiles.requireOurTokenizer(directory, shape);
        ModelFiles.requireRoom(directory, shape);
        LlamaModel model = new LlamaModel(shape, manager);
        readWeights(directory, model);
        WeightLayout.tensors(shape, model.weights().all(), "")
                .forEach(tensor -> ModelFiles.requireFinite(directory, tensor));
        return model;
    }

    /** Reads the weights of a directory into a model of the same shape. */
    public static void readWeights(Path directory, LlamaModel model) {
        try (Safetensors file = Safetensors.open(directory.resolve(WEIGHTS))) {
            WeightLayout.tensors(model.shape(), model.weights().all(), "").forEach(file::readInto);
        }
    }
}
