package dev.headway.trainer.model;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.Random;

/**
 * The random weights that a new model starts from, the same for the same seed on every machine.
 *
 * <p>Norms start at 1. Matrices start normally distributed with deviation 0.02; the two that write into the stream which
 * runs through all blocks are smaller by √(2 · layers), so that the stream does not swell with depth (as in GPT-2).
 * Stateless; threads may share it.
 */
public final class RandomStart {
    private RandomStart() {}

    /** Fills the weights. */
    public static void fill(Weights weights, ModelShape shape, long seed) {
        Random random = new Random(seed);
        weights.all().forEach((name, weight) -> fill(weight, deviation(name, shape), random));
    }

    private static double deviation(String name, ModelShape shape) {
        boolean writesToStream = name.endsWith(Weights.ATTENTION_OUTPUT) || name.endsWith(Weights.DOWN);
        return ModelShape.INITIAL_DEVIATION / (writesToStream ? Math.sqrt(2.0 * shape.layers()) : 1);
    }

    private static void fill(NDArray weight, double deviation, Random random) {
        boolean isNorm = weight.getShape().dimension() == 1;
        FloatBuffer values = Memory.of(weight).asFloatBuffer();
        while (values.hasRemaining()) values.put(isNorm ? 1 : (float) (random.nextGaussian() * deviation));
    }
}
