package dev.headway.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headway.trainer.config.OptimizerSettings;
import dev.headway.trainer.failure.UnusableCheckpoint;
import dev.headway.trainer.failure.UnusableModel;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.files.Safetensors;
import dev.headway.trainer.model.LlamaModel;
import dev.headway.trainer.model.ModelShape;
import dev.headway.trainer.model.RandomStart;
import dev.headway.trainer.optimizer.AdamW;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ModelDirectoryTest {
    @TempDir
    private Path directory = Path.of(".");

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loadsAModelThatScoresAsTheOneWritten(boolean tied) {
        LlamaModel written = model(tied);
        ModelDirectory.write(directory, written);

        LlamaModel loaded = ModelDirectory.load(directory, manager);

        assertThat(loaded.shape()).isEqualTo(written.shape());
        assertThat(scores(loaded)).containsExactly(scores(written));
    }

    @Test
    void namesAndShapesTensorsAsTheLlamaFamilyDoes() {
        ModelDirectory.write(directory, model(false));

        try (Safetensors file = Safetensors.open(directory.resolve("model.safetensors"))) {
            assertThat(file.shapes())
                    .containsOnly(
                            Map.entry("model.embed_tokens.weight", List.of(264L, 8L)),
                            Map.entry("model.layers.0.input_layernorm.weight", List.of(8L)),
                            Map.entry("model.layers.0.self_attn.q_proj.weight", List.of(16L, 8L)),
                            Map.entry("model.layers.0.self_attn.k_proj.weight", List.of(8L, 8L)),
                            Map.entry("model.layers.0.self_attn.v_proj.weight", List.of(8L, 8L)),
                            Map.entry("model.layers.0.self_attn.o_proj.weight", List.of(8L, 16L)),
                            Map.entry("model.layers.0.post_attention_layernorm.weight", List.of(8L)),
                            Map.entry("model.layers.0.mlp.gate_proj.weight", List.of(12L, 8L)),
                            Map.entry("model.layers.0.mlp.up_proj.weight", List.of(12L, 8L)),
                            Map.entry("model.layers.0.mlp.down_proj.weight", List.of(8L, 12L)),
                            Map.entry("model.norm.weight", List.of(8L)),
                            Map.entry("lm_head.weight", List.of(264L, 8L)));
        }
    }

    @Test
    void describesTheModelAsOtherToolsExpect() {
        ModelDirectory.write(directory, model(true));

        ObjectNode config = Json.readObject(directory.resolve("config.json"));

        assertThat(config.path("architectures").path(0).asString()).isEqualTo("LlamaForCausalLM");
        assertThat(config.path("model_type").asString()).isEqualTo("llama");
        assertThat(config.path("num_key_value_heads").asInt()).isEqualTo(2);
        assertThat(config.path("tie_word_embeddings").asBoolean()).isTrue();
        assertThat(config.path("eos_token_id").asInt()).isEqualTo(257);
        assertThat(directory.resolve("generation_config.json")).exists();
        assertThat(directory.resolve("tokenizer.json")).exists();
        assertThat(directory.resolve("tokenizer_config.json")).exists();
    }

    @Test
    void leavesOnlyWholeFilesInADirectoryThatHoldsOtherThings() throws IOException {
        Files.writeString(directory.resolve("progress.json"), "{}");

        ModelDirectory.publish(directory, model(true));
        ModelDirectory.publish(directory, model(true));

        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder(
                        "progress.json",
                        "config.json",
                        "model.safetensors",
                        "tokenizer.json",
                        "tokenizer_config.json",
                        "generation_config.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model_type | \"gpt2\" | describes a model of the type \"gpt2\"; accepted is llama",
                "rope_scaling | {\"factor\":8} | asks for rope_scaling, which this trainer does not compute",
                "attention_bias | true | asks for attention_bias, which this trainer does not compute",
                "hidden_size | 0 | must state hidden_size as a whole number > 0",
                "num_key_value_heads | 3 | 4 heads cannot share 3 key-value heads evenly"
            })
    void refusesModelsItWouldComputeWrongly(String key, String value, String sentence) throws IOException {
        ModelDirectory.write(directory, model(true));
        ObjectNode config = Json.readObject(directory.resolve("config.json"));
        config.set(key, Json.parse(value));
        Files.write(directory.resolve("config.json"), Json.pretty(config));

        assertThatThrownBy(() -> ModelDirectory.load(directory, manager))
                .isInstanceOf(UnusableModel.class)
                .hasMessageEndingWith(sentence);
    }

    @Test
    void refusesAModelWithAnotherTokenizer() throws IOException {
        ModelDirectory.write(directory, model(true));
        Files.writeString(directory.resolve("tokenizer.json"), "{\"model\":{\"type\":\"Unigram\"}}");

        assertThatThrownBy(() -> ModelDirectory.load(directory, manager))
                .isInstanceOf(UnusableModel.class)
                .hasMessageStartingWith("the tokenizer of " + directory + " is not the byte tokenizer");
    }

    @Test
    void refusesADirectoryWithoutAModel() {
        assertThatThrownBy(() -> ModelDirectory.load(directory, manager))
                .isInstanceOf(UnusableModel.class)
                .hasMessage(directory + " has no config.json with model.safetensors");
    }

    @Test
    void bringsTheOptimizersMomentsBack() {
        LlamaModel model = model(true);
        try (AdamW written = optimizer(model);
                AdamW read = optimizer(model)) {
            fill(written.means(), 1);
            fill(written.squares(), 2);

            OptimizerFile.write(directory, model.shape(), written);
            OptimizerFile.read(directory, model.shape(), read);

            read.means()
                    .forEach((name, mean) ->
                            assertThat(mean.toFloatArray()).as(name).containsExactly(floats(written.means(), name)));
            read.squares()
                    .forEach((name, square) -> assertThat(square.toFloatArray())
                            .as(name)
                            .containsExactly(floats(written.squares(), name)));
        }
    }

    @Test
    void saysThatACheckpointHasNoMoments() {
        LlamaModel model = model(true);
        try (AdamW optimizer = optimizer(model)) {
            assertThatThrownBy(() -> OptimizerFile.read(directory, model.shape(), optimizer))
                    .isInstanceOf(UnusableCheckpoint.class)
                    .hasMessage("the checkpoint " + directory + " has no optimizer.safetensors");
        }
    }

    private LlamaModel model(boolean tied) {
        ModelShape shape = new ModelShape(264, 8, 12, 1, 4, 2, 4, 64, 1e-5, 100, tied);
        LlamaModel model = new LlamaModel(shape, manager);
        RandomStart.fill(model.weights(), shape, 3);
        return model;
    }

    private AdamW optimizer(LlamaModel model) {
        return new AdamW(
                new OptimizerSettings(1e-3, 0, 0.9, 0.95, 1e-8, 1),
                model.weights().all(),
                manager);
    }

    private static void fill(Map<String, NDArray> arrays, int start) {
        arrays.values().forEach(array -> {
            float[] values = new float[Math.toIntExact(array.size())];
            for (int at = 0; at < values.length; at++) values[at] = start + at;
            array.set(values);
        });
    }

    private static float[] floats(Map<String, NDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name)).toFloatArray();
    }

    private float[] scores(LlamaModel model) {
        try (NDManager step = manager.newSubManager()) {
            return model.scores(step.create(new long[] {256, 'a', 'b'}, new Shape(1, 3)))
                    .toFloatArray();
        }
    }
}
