package dev.headway.trainer.model;

import dev.headway.trainer.failure.UnusableModel;
import dev.headway.trainer.files.Json;
import dev.headway.trainer.text.SpecialToken;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sizes and constants of a model of the Llama family, as {@code config.json} states them; a value, any thread may
 * hold it.
 *
 * @param vocabulary the number of token ids
 * @param width the length of the vector that stands for a token
 * @param innerWidth the length of the vector inside the gated layer
 * @param layers how many blocks follow each other
 * @param heads how many queries a token asks in a block
 * @param keyValueHeads how many keys and values answer them; divides {@code heads}
 * @param headWidth the length of a query, even
 * @param maxLength the longest row, in tokens
 * @param normEpsilon added to the mean square in a norm
 * @param rotaryBase the base of the rotary angles
 * @param tied whether the embedding also names the next token
 */
public record ModelShape(
        int vocabulary,
        int width,
        int innerWidth,
        int layers,
        int heads,
        int keyValueHeads,
        int headWidth,
        int maxLength,
        double normEpsilon,
        double rotaryBase,
        boolean tied) {
    static final double INITIAL_DEVIATION = 0.02;

    /** Checks that the sizes fit together. */
    public ModelShape {
        if (vocabulary < 1 || width < 1 || innerWidth < 1 || layers < 1 || heads < 1 || keyValueHeads < 1)
            throw new UnusableModel("every size of a model must be at least 1");
        if (heads % keyValueHeads != 0)
            throw new UnusableModel(heads + " heads cannot share " + keyValueHeads + " key-value heads evenly");
        if (headWidth < 2 || headWidth % 2 != 0)
            throw new UnusableModel("the width of a head must be even for rotary positions, got " + headWidth);
    }

    /** Reads the {@code config.json} of a model directory; throws {@link UnusableModel} for another family. */
    public static ModelShape read(Path file) {
        ObjectNode json = Json.readObject(file);
        String family = json.path("model_type").asString("");
        if (!family.equals("llama"))
            throw new UnusableModel(file + " describes a model of the type \"" + family + "\"; accepted is llama");
        requireNone(json, "rope_scaling", file);
        requireNone(json, "attention_bias", file);
        requireNone(json, "mlp_bias", file);
        return parse(json, file);
    }

    private static void requireNone(ObjectNode json, String key, Path file) {
        if (json.hasNonNull(key)
                && !(json.get(key).isBoolean() && !json.get(key).booleanValue()))
            throw new UnusableModel(file + " asks for " + key + ", which this trainer does not compute");
    }

    private static ModelShape parse(ObjectNode json, Path file) {
        int width = size(json, "hidden_size", file);
        int heads = size(json, "num_attention_heads", file);
        return new ModelShape(
                size(json, "vocab_size", file),
                width,
                size(json, "intermediate_size", file),
                size(json, "num_hidden_layers", file),
                heads,
                json.path("num_key_value_heads").asInt(heads),
                json.path("head_dim").asInt(width / heads),
                json.path("max_position_embeddings").asInt(2048),
                json.path("rms_norm_eps").asDouble(1e-6),
                json.path("rope_theta").asDouble(10_000),
                json.path("tie_word_embeddings").asBoolean(false));
    }

    private static int size(ObjectNode json, String key, Path file) {
        int size = json.path(key).asInt(0);
        if (size < 1) throw new UnusableModel(file + " must state " + key + " as a whole number > 0");
        return size;
    }

    /** Returns the content of {@code config.json}. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.putArray("architectures").add("LlamaForCausalLM");
        json.put("model_type", "llama")
                .put("vocab_size", vocabulary)
                .put("hidden_size", width)
                .put("intermediate_size", innerWidth)
                .put("num_hidden_layers", layers)
                .put("num_attention_heads", heads)
                .put("num_key_value_heads", keyValueHeads)
                .put("head_dim", headWidth)
                .put("max_position_embeddings", maxLength)
                .put("rms_norm_eps", normEpsilon)
                .put("rope_theta", rotaryBase)
                .putNull("rope_scaling")
                .put("hidden_act", "silu")
                .put("tie_word_embeddings", tied)
                .put("attention_bias", false)
                .put("mlp_bias", false)
                .put("attention_dropout", 0.0)
                .put("initializer_range", INITIAL_DEVIATION)
                .put("bos_token_id", SpecialToken.BEGIN.id())
                .put("eos_token_id", SpecialToken.END.id())
                .put("pad_token_id", SpecialToken.PADDING.id())
                .put("torch_dtype", "float32")
                .put("use_cache", true);
        return json;
    }

    /** Returns how many numbers the weights are; not rounded below 2^53, and never too large to be told. */
    public double weights() {
        double attention = 2.0 * width * queryWidth() + 2.0 * width * keyValueWidth();
        double layer = attention + 3.0 * width * innerWidth + 2.0 * width;
        return layers * layer + width + (tied ? 1.0 : 2.0) * vocabulary * width;
    }

    /** Returns how many queries share a key. */
    int queriesPerKey() {
        return heads / keyValueHeads;
    }

    /** Returns the length of all queries of a token together. */
    int queryWidth() {
        return heads * headWidth;
    }

    /** Returns the length of all keys (or values) of a token together. */
    int keyValueWidth() {
        return keyValueHeads * headWidth;
    }
}
