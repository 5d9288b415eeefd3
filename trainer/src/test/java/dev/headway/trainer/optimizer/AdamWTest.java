package dev.headway.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.headway.trainer.config.OptimizerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Follows the optimizer over several steps beside the formula in plain doubles. */
class AdamWTest {
    private static final float[] MATRIX = {1f, -2f, 0.5f, 3f};
    private static final float[] SCALES = {1f, 2f};

    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray matrix = weight(MATRIX, new Shape(2, 2));
    private final NDArray scales = weight(SCALES, new Shape(2));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void movesWeightsAsTheFormulaSays() {
        OptimizerSettings settings = new OptimizerSettings(0.1, 0.05, 0.9, 0.95, 1e-3, 0);
        ByHand first = new ByHand(1f, settings, true);
        ByHand second = new ByHand(2f, settings, false);

        try (AdamW optimizer = new AdamW(settings, weights(), manager)) {
            for (int step = 1; step <= 4; step++) {
                float slope = step * 0.3f;
                gradients(slope);
                optimizer.step(step, 0.5);

                first.step(step, slope, 0.5);
                second.step(step, slope, 0.5);
                assertThat((double) matrix.toFloatArray()[0]).isCloseTo(first.weight, within(1e-6));
                assertThat((double) scales.toFloatArray()[1]).isCloseTo(second.weight, within(1e-6));
            }
            assertThat((double) first(optimizer.means())).isCloseTo(first.mean, within(1e-6));
            assertThat((double) first(optimizer.squares())).isCloseTo(first.square, within(1e-6));
        }
    }

    @Test
    void cutsAllGradientsTogetherToTheLongestLength() {
        OptimizerSettings settings = new OptimizerSettings(0.1, 0, 0.9, 0.95, 1e-3, 0.6);
        ByHand byHand = new ByHand(1f, settings, true);

        try (AdamW optimizer = new AdamW(settings, weights(), manager)) {
            gradients(2f);
            double norm = optimizer.step(1, 1);

            assertThat(norm).isCloseTo(2 * Math.sqrt(6), within(1e-5));
            byHand.step(1, 2 * 0.6 / norm, 1);
            assertThat((double) matrix.toFloatArray()[0]).isCloseTo(byHand.weight, within(1e-6));
        }
    }

    @Test
    void followsNegativeAndPositiveGradientsAlike() {
        OptimizerSettings settings = new OptimizerSettings(0.1, 0, 0.9, 0.95, 1e-8, 0);

        try (AdamW optimizer = new AdamW(settings, weights(), manager)) {
            gradients(1f);
            optimizer.step(1, 1);
            assertThat(matrix.toFloatArray()[0]).isCloseTo(0.9f, within(1e-5f));

            gradients(-100f);
            optimizer.step(2, 1);
            assertThat(matrix.toFloatArray()[0]).isGreaterThan(0.95f);
        }
    }

    @Test
    void setsTheGradientsToZeroAfterTheStep() {
        try (AdamW optimizer = new AdamW(new OptimizerSettings(0.1, 0, 0.9, 0.95, 1e-8, 0), weights(), manager)) {
            gradients(1f);
            optimizer.step(1, 1);

            assertThat(matrix.getGradient().toFloatArray()).containsOnly(0f);
        }
    }

    @Test
    void movesNothingWhenTheGradientIsNoNumber() {
        try (AdamW optimizer = new AdamW(new OptimizerSettings(0.1, 0, 0.9, 0.95, 1e-8, 1), weights(), manager)) {
            gradients(Float.NaN);

            assertThat(optimizer.step(1, 1)).isNaN();
            assertThat(matrix.toFloatArray()).containsExactly(MATRIX);
        }
    }

    private Map<String, NDArray> weights() {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        weights.put("matrix", matrix);
        weights.put("scales", scales);
        return weights;
    }

    private NDArray weight(float[] values, Shape shape) {
        NDArray weight = manager.create(values, shape).duplicate();
        weight.setRequiresGradient(true);
        return weight;
    }

    private static float first(Map<String, NDArray> moments) {
        return Objects.requireNonNull(moments.get("matrix")).toFloatArray()[0];
    }

    /** Gives every weight the gradient {@code slope}: that of the sum of slope times weight. */
    private void gradients(float slope) {
        try (NDManager step = manager.newSubManager();
                NDArray slopes = step.full(new Shape(), slope);
                GradientCollector tape = manager.getEngine().newGradientCollector()) {
            tape.backward(matrix.mul(slopes).sum().add(scales.mul(slopes).sum()));
        }
    }

    /** One weight moved by the textbook formula. */
    private static final class ByHand {
        private final OptimizerSettings settings;
        private final boolean decays;
        private double weight;
        private double mean;
        private double square;

        ByHand(float weight, OptimizerSettings settings, boolean decays) {
            this.weight = weight;
            this.settings = settings;
            this.decays = decays;
        }

        void step(int step, double gradient, double share) {
            double rate = settings.learningRate() * share;
            mean = settings.beta1() * mean + (1 - settings.beta1()) * gradient;
            square = settings.beta2() * square + (1 - settings.beta2()) * gradient * gradient;
            double trueMean = mean / (1 - Math.pow(settings.beta1(), step));
            double trueSquare = square / (1 - Math.pow(settings.beta2(), step));
            if (decays) weight -= rate * settings.weightDecay() * weight;
            weight -= rate * trueMean / (Math.sqrt(trueSquare) + settings.epsilon());
        }
    }
}
