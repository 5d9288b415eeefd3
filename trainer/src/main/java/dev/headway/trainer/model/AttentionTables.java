package dev.headway.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The constants of attention for rows of one length: rotary tables and the causal mask.
 *
 * <p><b>Rotary positions</b> (Su et al., arxiv.org/abs/2104.09864; here in the "rotate half" layout of the Hugging Face
 * Llama): the numbers j and j + h/2 of a query or key of width h are one point of a plane, turned by the angle
 * place · base^(-2j/h). Turned so, the product of a query and a key depends on their distance only. With x' the vector
 * whose halves are swapped, the rotation is
 *
 * <pre>x · cosine + x' · sine     where sine is negative in the first half.</pre>
 *
 * <p>Queries must also be divided by √h; that is folded into the rows of the tables that belong to queries, and costs
 * nothing.
 *
 * <p><b>The mask</b> is added to the scores: 0 where the key is not after the query, and so low a number elsewhere that
 * nothing is left of it after the softmax. It is repeated for the queries that share a key.
 *
 * <p>Owns its arrays; not for more than one thread.
 */
final class AttentionTables implements AutoCloseable {
    private static final float NEVER = -1e9f;

    private final NDManager manager;
    private final int length;
    private final NDArray cosine;
    private final NDArray sine;
    private final NDArray mask;

    AttentionTables(ModelShape shape, int length, NDManager parent) {
        this.manager = parent.newSubManager();
        this.length = length;
        this.cosine = rotary(shape, length, false);
        this.sine = rotary(shape, length, true);
        this.mask = manager.create(
                mask(shape.queriesPerKey(), length), new Shape((long) shape.queriesPerKey() * length, length));
    }

    private NDArray rotary(ModelShape shape, int length, boolean isSine) {
        int heads = shape.heads() + shape.keyValueHeads();
        int width = shape.headWidth();
        float[] table = new float[heads * length * width];
        for (int head = 0; head < heads; head++) {
            double scale = head < shape.heads() ? 1 / Math.sqrt(width) : 1;
            for (int place = 0; place < length; place++)
                fill(table, (head * length + place) * width, place, scale, shape, isSine);
        }
        return manager.create(table, new Shape(heads, length, width));
    }

    private static void fill(float[] table, int offset, int place, double scale, ModelShape shape, boolean isSine) {
        int half = shape.headWidth() / 2;
        for (int pair = 0; pair < half; pair++) {
            double angle = place * Math.pow(shape.rotaryBase(), -2.0 * pair / shape.headWidth());
            double value = scale * (isSine ? Math.sin(angle) : Math.cos(angle));
            table[offset + pair] = (float) (isSine ? -value : value);
            table[offset + pair + half] = (float) value;
        }
    }

    private static float[] mask(int repeats, int length) {
        float[] mask = new float[repeats * length * length];
        for (int at = 0; at < mask.length; at++) {
            int query = at / length % length;
            int key = at % length;
            mask[at] = key > query ? NEVER : 0;
        }
        return mask;
    }

    int length() {
        return length;
    }

    /** Turns queries and keys, which follow each other in the second dimension of [rows, heads, places, width]. */
    NDArray rotate(NDArray queriesAndKeys) {
        long rows = queriesAndKeys.getShape().get(0);
        long heads = queriesAndKeys.getShape().get(1);
        long width = queriesAndKeys.getShape().get(3);
        NDArray swapped = queriesAndKeys
                .reshape(rows, heads, length, 2, width / 2)
                .flip(3)
                .reshape(rows, heads, length, width);
        return queriesAndKeys.mul(cosine).add(swapped.mul(sine));
    }

    NDArray mask() {
        return mask;
    }

    @Override
    public void close() {
        manager.close();
    }
}
