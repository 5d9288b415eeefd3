package dev.headway.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a model by the names under which it computes with them.
 *
 * <p>Queries, keys and values of a layer are one matrix here, and gate and up another: one large product is faster than
 * several small ones. {@link WeightLayout} knows where the separate matrices of the files lie in them.
 *
 * <p>Owns the arrays; not for more than one thread.
 */
public final class Weights implements AutoCloseable {
    static final String EMBEDDING = "embedding";
    static final String FINAL_NORM = "norm";
    static final String OUTPUT = "output";
    static final String ATTENTION_NORM = ".attention.norm";
    static final String QUERY_KEY_VALUE = ".attention.query_key_value";
    static final String ATTENTION_OUTPUT = ".attention.output";
    static final String GATED_NORM = ".gated.norm";
    static final String GATE_UP = ".gated.gate_up";
    static final String DOWN = ".gated.down";

    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    /** Makes the weights of a model, all zero, in a manager below {@code parent}. */
    public Weights(ModelShape shape, NDManager parent) {
        this.manager = parent.newSubManager();
        shapes(shape).forEach((name, sizes) -> arrays.put(name, manager.zeros(sizes)));
        arrays.values().forEach(array -> array.setRequiresGradient(true));
    }

    static Map<String, Shape> shapes(ModelShape shape) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(EMBEDDING, new Shape(shape.vocabulary(), shape.width()));
        for (int layer = 0; layer < shape.layers(); layer++) addLayer(shapes, layer(layer), shape);
        shapes.put(FINAL_NORM, new Shape(shape.width()));
        if (!shape.tied()) shapes.put(OUTPUT, new Shape(shape.vocabulary(), shape.width()));
        return shapes;
    }

    private static void addLayer(Map<String, Shape> shapes, String layer, ModelShape shape) {
        int projected = shape.queryWidth() + 2 * shape.keyValueWidth();
        shapes.put(layer + ATTENTION_NORM, new Shape(shape.width()));
        shapes.put(layer + QUERY_KEY_VALUE, new Shape(projected, shape.width()));
        shapes.put(layer + ATTENTION_OUTPUT, new Shape(shape.width(), shape.queryWidth()));
        shapes.put(layer + GATED_NORM, new Shape(shape.width()));
        shapes.put(layer + GATE_UP, new Shape(2L * shape.innerWidth(), shape.width()));
        shapes.put(layer + DOWN, new Shape(shape.width(), shape.innerWidth()));
    }

    static String layer(int index) {
        return "layers." + index;
    }

    NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) throw new IllegalArgumentException("no weight is called " + name);
        return array;
    }

    /** Returns all weights by name, in a fixed order. */
    public Map<String, NDArray> all() {
        return Collections.unmodifiableMap(arrays);
    }

    /** Returns how many numbers the weights are. */
    public long count() {
        return arrays.values().stream().mapToLong(NDArray::size).sum();
    }

    @Override
    public void close() {
        manager.close();
    }
}
