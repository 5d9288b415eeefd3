package dev.headway.trainer.model;

import ai.djl.ndarray.NDArray;
import dev.headway.trainer.files.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where the matrices that Hugging Face files name lie in the arrays we compute with: always whole rows, one block after
 * another, so that a block is a stretch of memory.
 *
 * <p>Stateless; threads may share it.
 */
public final class WeightLayout {
    /**
     * A stretch of rows of one of our arrays.
     *
     * @param fileName the name in the file
     * @param array the name of our array
     * @param firstRow where it begins
     * @param rows how long it is
     */
    private record Block(String fileName, String array, long firstRow, long rows) {}

    private WeightLayout() {}

    /**
     * Returns views of arrays shaped like a model's weights (the weights themselves, or the optimizer's moments) under
     * the names that files use, each with {@code prefix} in front.
     */
    public static List<Tensor> tensors(ModelShape shape, Map<String, NDArray> arrays, String prefix) {
        return blocks(shape).stream()
                .map(block -> tensor(block, arrays, prefix))
                .toList();
    }

    private static Tensor tensor(Block block, Map<String, NDArray> arrays, String prefix) {
        NDArray array = arrays.get(block.array());
        if (array == null) throw new IllegalArgumentException("no array is called " + block.array());
        long[] sizes = array.getShape().getShape().clone();
        int rowBytes = Math.toIntExact(array.size() / sizes[0] * Float.BYTES);
        sizes[0] = block.rows();
        ByteBuffer bytes = Memory.of(array)
                .slice(Math.toIntExact(block.firstRow() * rowBytes), Math.toIntExact(block.rows() * rowBytes));
        return new Tensor(
                prefix + block.fileName(), Arrays.stream(sizes).boxed().toList(), bytes);
    }

    private static List<Block> blocks(ModelShape shape) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block("model.embed_tokens.weight", Weights.EMBEDDING, 0, shape.vocabulary()));
        for (int layer = 0; layer < shape.layers(); layer++) addLayer(blocks, layer, shape);
        blocks.add(new Block("model.norm.weight", Weights.FINAL_NORM, 0, shape.width()));
        if (!shape.tied()) blocks.add(new Block("lm_head.weight", Weights.OUTPUT, 0, shape.vocabulary()));
        return blocks;
    }

    private static void addLayer(List<Block> blocks, int layer, ModelShape shape) {
        String theirs = "model.layers." + layer + ".";
        String ours = Weights.layer(layer);
        int query = shape.queryWidth();
        int keyValue = shape.keyValueWidth();
        int inner = shape.innerWidth();
        int width = shape.width();
        String attention = theirs + "self_attn.";
        String gated = theirs + "mlp.";
        blocks.add(new Block(theirs + "input_layernorm.weight", ours + Weights.ATTENTION_NORM, 0, width));
        blocks.add(new Block(attention + "q_proj.weight", ours + Weights.QUERY_KEY_VALUE, 0, query));
        blocks.add(new Block(attention + "k_proj.weight", ours + Weights.QUERY_KEY_VALUE, query, keyValue));
        blocks.add(new Block(attention + "v_proj.weight", ours + Weights.QUERY_KEY_VALUE, query + keyValue, keyValue));
        blocks.add(new Block(attention + "o_proj.weight", ours + Weights.ATTENTION_OUTPUT, 0, width));
        blocks.add(new Block(theirs + "post_attention_layernorm.weight", ours + Weights.GATED_NORM, 0, width));
        blocks.add(new Block(gated + "gate_proj.weight", ours + Weights.GATE_UP, 0, inner));
        blocks.add(new Block(gated + "up_proj.weight", ours + Weights.GATE_UP, inner, inner));
        blocks.add(new Block(gated + "down_proj.weight", ours + Weights.DOWN, 0, width));
    }
}
