package dev.headway.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.headway.trainer.failure.UnusableModel;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.model.BuiltInModel;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.model.ModelShape;
import dev.headway.trainer.model.RandomStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Directories that hold no model, or one that is broken, and what is said of each. */
class ModelFilesTest {
    @TempDir
    private Path directory = Path.of(".");

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.safetensors.index.json | has its weights in several files; accepted is one, model.safetensors",
                "adapter_config.json | is an adapter, which is nothing without its base model; merge it into that first",
                "pytorch_model.bin | has its weights in pytorch_model.bin; accepted is model.safetensors",
                "notes.txt | has no config.json with model.safetensors"
            })
    void saysWhatTheDirectoryIsInstead(String file, String sentence) throws IOException {
        Files.writeString(directory.resolve("config.json"), "{}");
        Files.writeString(directory.resolve(file), "");

        assertUnusable(directory + " " + sentence);
    }

    @Test
    void saysThatThereIsNothingOrOnlyAFile() throws IOException {
        assertThatThrownBy(() -> ModelDirectory.load(directory.resolve("x"), manager))
                .hasMessage(directory.resolve("x") + " does not exist");
        Path file = Files.writeString(directory.resolve("x"), "");
        assertThatThrownBy(() -> ModelDirectory.load(file, manager))
                .hasMessage(file + " is not a directory, which a model is");
    }

    @Test
    void saysThatTheTokenizerIsMissing() throws IOException {
        write();
        Files.delete(directory.resolve("tokenizer.json"));

        assertUnusable(directory + " has no tokenizer.json");
    }

    @Test
    void saysThatTheWeightsAreCutOff() throws IOException {
        write();
        long whole = Files.size(weights());
        truncate(whole - 4);
        assertUnusable(weights() + " is cut off");

        truncate(whole / 4);
        assertUnusable(
                weights() + " has " + whole / 4 + " bytes, too few for the 2808 weights that config.json speaks of;"
                        + " it is cut off, or of another model");

        truncate(5);
        assertThatThrownBy(() -> ModelDirectory.load(directory, manager)).isInstanceOf(UnusableModel.class);
    }

    @Test
    void takesNoMemoryForWeightsThatCannotBeThere() throws IOException {
        write();
        change("vocab_size", "2000000000");
        change("num_hidden_layers", "2000000000");

        assertThatThrownBy(() -> ModelDirectory.load(directory, manager))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("bytes, too few for the");
    }

    @Test
    void namesTheTensorOfAnotherShape() throws IOException {
        write();
        change("intermediate_size", "11");

        assertUnusable(weights() + " has model.layers.0.mlp.gate_proj.weight in the shape [12, 8], expected [11, 8]");
    }

    @Test
    void namesTheTensorThatIsNotFinite() throws IOException {
        LlamaModel model = model();
        Objects.requireNonNull(model.weights().all().get("layers.0.gated.down")).muli(Float.NaN);
        ModelDirectory.write(directory, model);

        assertUnusable(weights() + " has weights that are not finite: NaN in model.layers.0.mlp.down_proj.weight");
    }

    @Test
    void countsTheWeightsAsTheModelHasThem() {
        for (BuiltInModel builtIn : BuiltInModel.values()) {
            try (LlamaModel model = new LlamaModel(builtIn.shape(), manager)) {
                assertThat(builtIn.shape().weights())
                        .isEqualTo((double) model.weights().count());
            }
        }
        assertThat(model().shape().weights())
                .isEqualTo((double) model().weights().count());
    }

    private void assertUnusable(String sentence) {
        assertThatThrownBy(() -> ModelDirectory.load(directory, manager))
                .isInstanceOf(UnusableModel.class)
                .hasMessage(sentence);
    }

    private void write() {
        ModelDirectory.write(directory, model());
    }

    private LlamaModel model() {
        ModelShape shape = new ModelShape(264, 8, 12, 1, 4, 2, 4, 64, 1e-5, 100, true);
        LlamaModel model = new LlamaModel(shape, manager);
        RandomStart.fill(model.weights(), shape, 3);
        return model;
    }

    private Path weights() {
        return directory.resolve("model.safetensors");
    }

    private void truncate(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(weights(), StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private void change(String key, String value) throws IOException {
        ObjectNode config = Json.readObject(directory.resolve("config.json"));
        config.set(key, Json.parse(value));
        Files.write(directory.resolve("config.json"), Json.pretty(config));
    }
}
