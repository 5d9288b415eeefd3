package dev.headway.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.headway.trainer.data.Batch;
import java.util.Optional;

/**
 * A decoder-only transformer of the Llama family (Touvron et al., arxiv.org/abs/2302.13971), over plain arrays.
 *
 * <p>A token is a vector, looked up in the embedding. A stream of such vectors, one per place, runs through the blocks;
 * each block reads the normalized stream and adds to it, twice:
 *
 * <pre>
 * x = x + attention(norm(x))     every place looks at itself and the places before it
 * x = x + gated(norm(x))         every place by itself: down( silu(gate(x)) · up(x) )
 * </pre>
 *
 * <p>norm(x) = x / √(mean(x²) + ε) · w. In attention the heads of the queries come in groups that share one key and one
 * value (grouped queries); nothing is copied for that: the queries of a group are laid one after another as if they were
 * more places. Last, a product with the embedding (or a matrix of its own) scores every token as the next one.
 *
 * <p><b>Two traps of the engine shape this code.</b> An operation with a Java number, such as {@code x.mul(2f)}, leaves
 * the gradient with a pointer to memory that Java frees: constants are arrays here that outlive the backward pass. And
 * a result belongs to the manager of its first operand: the stream stands first everywhere, so that nothing piles up in
 * the manager of the weights.
 *
 * <p>Owns its weights and tables; not for more than one thread.
 */
public final class LlamaModel implements AutoCloseable {
    private static final int[] LAST = {-1};

    private final ModelShape shape;
    private final NDManager manager;
    private final Weights weights;
    private final NDArray epsilon;
    private Optional<AttentionTables> tables = Optional.empty();

    /** Makes a model with weights of zero in a manager below {@code parent}. */
    public LlamaModel(ModelShape shape, NDManager parent) {
        this.shape = shape;
        this.manager = parent.newSubManager();
        this.weights = new Weights(shape, manager);
        this.epsilon = manager.full(new Shape(), (float) shape.normEpsilon());
    }

    /** Returns the model's sizes. */
    public ModelShape shape() {
        return shape;
    }

    /** Returns the model's weights. */
    public Weights weights() {
        return weights;
    }

    /**
     * Returns the batch's share of the mean loss: the sum of weight times log-probability over its places.
     *
     * <p>The arrays made from the batch live in {@code step}, which must stay open until after the backward pass.
     */
    public NDArray loss(Batch batch, NDManager step) {
        return weighted(batch, step).sum();
    }

    /** Returns the same, row by row: [rows]. */
    public NDArray rowLosses(Batch batch, NDManager step) {
        return weighted(batch, step).sum(new int[] {1, 2});
    }

    private NDArray weighted(Batch batch, NDManager step) {
        Shape places = new Shape(batch.rows(), batch.width(), 1);
        NDArray scores = scores(step.create(batch.inputs(), new Shape(batch.rows(), batch.width())));
        NDArray targets = step.create(batch.targets(), places);
        NDArray counts = step.create(batch.weights(), places);
        return scores.logSoftmax(-1).gather(targets, -1).mul(counts);
    }

    /** Returns the scores of every token at every place, [rows, places, tokens], for ids [rows, places]. */
    public NDArray scores(NDArray ids) {
        return product(stream(ids), weights.get(shape.tied() ? Weights.EMBEDDING : Weights.OUTPUT));
    }

    /** Returns the scores at the last place only, [rows, tokens]: what a generation needs. */
    public NDArray lastScores(NDArray ids) {
        NDArray last = stream(ids).get(":, -1");
        return product(last, weights.get(shape.tied() ? Weights.EMBEDDING : Weights.OUTPUT));
    }

    private NDArray stream(NDArray ids) {
        AttentionTables constants = tables((int) ids.getShape().get(1));
        NDArray stream = ids.getNDArrayInternal()
                .embedding(ids, weights.get(Weights.EMBEDDING), SparseFormat.DENSE)
                .singletonOrThrow();
        for (int index = 0; index < shape.layers(); index++) {
            String layer = Weights.layer(index);
            stream = stream.add(attention(norm(stream, layer + Weights.ATTENTION_NORM), layer, constants));
            stream = stream.add(gated(norm(stream, layer + Weights.GATED_NORM), layer));
        }
        return norm(stream, Weights.FINAL_NORM);
    }

    /** Tables of the last length are kept: most batches in a row are equally long. */
    private AttentionTables tables(int length) {
        if (tables.isPresent() && tables.get().length() == length) return tables.get();
        tables.ifPresent(AttentionTables::close);
        AttentionTables made = new AttentionTables(shape, length, manager);
        tables = Optional.of(made);
        return made;
    }

    private NDArray norm(NDArray stream, String name) {
        NDArray length = stream.square().mean(LAST, true).add(epsilon).sqrt();
        return stream.div(length).mul(weights.get(name));
    }

    private NDArray attention(NDArray stream, String layer, AttentionTables constants) {
        long rows = stream.getShape().get(0);
        long places = stream.getShape().get(1);
        int heads = shape.heads();
        int shared = shape.keyValueHeads();
        int width = shape.headWidth();
        NDList parts = product(stream, weights.get(layer + Weights.QUERY_KEY_VALUE))
                .reshape(rows, places, heads + 2L * shared, width)
                .transpose(0, 2, 1, 3)
                .split(new long[] {heads + shared}, 1);
        NDList turned = constants.rotate(parts.get(0)).split(new long[] {heads}, 1);
        NDArray queries = turned.get(0).reshape(rows, shared, shape.queriesPerKey() * places, width);
        NDArray scores = queries.matMul(turned.get(1).swapAxes(2, 3)).add(constants.mask());
        NDArray mixed = scores.softmax(-1)
                .matMul(parts.get(1))
                .reshape(rows, heads, places, width)
                .transpose(0, 2, 1, 3)
                .reshape(rows, places, shape.queryWidth());
        return product(mixed, weights.get(layer + Weights.ATTENTION_OUTPUT));
    }

    private NDArray gated(NDArray stream, String layer) {
        NDList parts = product(stream, weights.get(layer + Weights.GATE_UP)).split(new long[] {shape.innerWidth()}, 2);
        NDArray gate = parts.get(0);
        NDArray opened = gate.mul(gate.getNDArrayInternal().sigmoid()).mul(parts.get(1));
        return product(opened, weights.get(layer + Weights.DOWN));
    }

    private static NDArray product(NDArray stream, NDArray matrix) {
        return stream.getNDArrayInternal().linear(stream, matrix, null).singletonOrThrow();
    }

    @Override
    public void close() {
        manager.close();
    }
}
